package io.faraddb.node.engine;

import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.log.LocalLogSettings;
import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.time.SystemTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The logs of a node that keeps the only copy, in the directory {@code wal}. */
final class LocalLogs implements Logs {

    @Override
    public Opened open(Path dataDir) throws IOException {
        Path path = Files.createDirectories(dataDir.resolve("wal"));
        LocalLogStore store =
                LocalLogStore.open(
                        new FileDisk(path), LocalLogSettings.DEFAULT, SystemTime.INSTANCE);
        return new Opened() {
            @Override
            public PartitionLog open(int partition) {
                return store.partition(partition);
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }
}
