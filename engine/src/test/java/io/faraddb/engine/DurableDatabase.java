package io.faraddb.engine;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.log.LocalLogSettings;
import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.recovery.RecoveryProgress;
import io.faraddb.engine.snapshot.SnapshotSettings;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.time.SystemTime;
import java.io.IOException;
import java.nio.file.Path;

/** An engine over logs and snapshots in a directory. */
final class DurableDatabase implements AutoCloseable {

    static final int SEGMENT_BYTES = 4 << 20;

    private final LocalLogStore logs;
    private final Engine engine;
    private final RecoveryProgress progress = new RecoveryProgress();

    DurableDatabase(Path directory, int partitions) throws IOException {
        this(
                new FileDisk(directory.resolve("log")),
                new FileDisk(directory.resolve("snapshots")),
                SEGMENT_BYTES,
                EngineConfig.of(partitions));
    }

    DurableDatabase(Disk log, Disk snapshots, int segmentBytes, EngineConfig config) {
        logs =
                LocalLogStore.open(
                        log,
                        LocalLogSettings.DEFAULT.withSegmentBytes(segmentBytes),
                        SystemTime.INSTANCE);
        try {
            engine =
                    Engine.open(
                            config,
                            logs::partition,
                            new SnapshotStore(
                                    snapshots, SystemTime.INSTANCE, SnapshotSettings.DEFAULT),
                            SystemTime.INSTANCE,
                            progress);
        } catch (RuntimeException e) {
            logs.close();
            throw e;
        }
    }

    Engine engine() {
        return engine;
    }

    LocalLogStore logs() {
        return logs;
    }

    RecoveryProgress progress() {
        return progress;
    }

    TestDatabase.TestSession session() {
        return new TestDatabase.TestSession(engine);
    }

    @Override
    public void close() {
        engine.close();
        logs.close();
    }
}
