package io.faraddb.engine.log;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.disk.SimDisk;
import io.faraddb.engine.time.SystemTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The local log keeps the contract on files and on the simulated disk, and however it syncs. */
class LocalLogContractTest {

    abstract static class OnDisk extends PartitionLogContract {

        private @Nullable LocalLogStore store;

        abstract Disk disk() throws IOException;

        LocalLogSettings settings() {
            return LocalLogSettings.DEFAULT.withSegmentBytes(64 << 10);
        }

        @Override
        protected PartitionLog open() throws IOException {
            LocalLogStore opened = LocalLogStore.open(disk(), settings(), SystemTime.INSTANCE);
            store = opened;
            return opened.partition(3);
        }

        @Override
        protected void shut(PartitionLog log) {
            closeStore();
        }

        @AfterEach
        void closeStore() {
            if (store != null) {
                store.close();
            }
        }

        @Override
        protected void await(RecordingListener listener, BooleanSupplier condition)
                throws InterruptedException {
            Waiting.until(listener, condition);
        }
    }

    @Nested
    class OnFiles extends OnDisk {
        @TempDir Path directory = Path.of("");

        @Override
        Disk disk() throws IOException {
            return new FileDisk(directory);
        }
    }

    @Nested
    class OnSimulatedDisk extends OnDisk {
        private final SimDisk disk = new SimDisk();

        OnSimulatedDisk() {
            disk.shortWrites(new Random(5));
        }

        @Override
        Disk disk() {
            return disk.mount();
        }
    }

    @Nested
    class SyncedAtIntervals extends OnDisk {
        private final SimDisk disk = new SimDisk();

        @Override
        Disk disk() {
            return disk.mount();
        }

        @Override
        LocalLogSettings settings() {
            return super.settings().withDurability(Durability.INTERVAL, Duration.ofMillis(1));
        }
    }

    @Nested
    class NeverSynced extends OnDisk {
        private final SimDisk disk = new SimDisk();

        @Override
        Disk disk() {
            return disk.mount();
        }

        @Override
        LocalLogSettings settings() {
            return super.settings().withDurability(Durability.OFF, Duration.ofMillis(1));
        }
    }
}
