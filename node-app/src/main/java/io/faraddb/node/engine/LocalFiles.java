package io.faraddb.node.engine;

import io.faraddb.engine.disk.FileDisk;
import io.faraddb.engine.log.LocalLogSettings;
import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.snapshot.SnapshotSettings;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.node.config.DataDirectory;
import io.faraddb.node.config.FaradProperties;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of a node that keeps the only copy, in the directories {@code wal} and {@code
 * snapshots}.
 */
final class LocalFiles implements NodeFiles {

    static final String LOG = "wal";
    static final String SNAPSHOTS = "snapshots";

    private final Path dataDir;
    private final FaradProperties.Log log;
    private final FaradProperties.Snapshot snapshot;

    LocalFiles(
            DataDirectory directory, FaradProperties.Log log, FaradProperties.Snapshot snapshot) {
        this.dataDir = directory.path();
        this.log = log;
        this.snapshot = snapshot;
    }

    @Override
    public Opened open() throws IOException {
        FileDisk logDirectory = new FileDisk(dataDir.resolve(LOG));
        FileDisk snapshotDirectory = new FileDisk(dataDir.resolve(SNAPSHOTS));
        // A start that was killed may have made or renamed them in the system's cache alone.
        FileDisk.sync(dataDir);
        LocalLogStore logs = LocalLogStore.open(logDirectory, logSettings(), SystemTime.INSTANCE);
        SnapshotStore snapshots =
                new SnapshotStore(
                        snapshotDirectory,
                        SystemTime.INSTANCE,
                        new SnapshotSettings(snapshot.keep(), snapshot.writeRateMax().toBytes()));
        return new OpenedLocalFiles(logs, snapshots);
    }

    private LocalLogSettings logSettings() {
        return LocalLogSettings.DEFAULT
                .withSegmentBytes(Math.toIntExact(log.segmentSize().toBytes()))
                .withDurability(log.durability(), log.syncInterval());
    }
}
