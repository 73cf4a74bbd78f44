package io.faraddb.engine;

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
        logs =
                LocalLogStore.open(
                        new FileDisk(directory.resolve("log")),
                        LocalLogSettings.DEFAULT.withSegmentBytes(SEGMENT_BYTES),
                        SystemTime.INSTANCE);
        try {
            engine =
                    Engine.open(
                            EngineConfig.of(partitions),
                            logs::partition,
                            new SnapshotStore(
                                    new FileDisk(directory.resolve("snapshots")),
                                    SystemTime.INSTANCE,
                                    SnapshotSettings.DEFAULT),
                            SystemTime.INSTANCE,
                            progress);
        } catch (IOException | RuntimeException e) {
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
