package io.faraddb.node.engine;

import io.faraddb.engine.log.LocalLogStore;
import io.faraddb.engine.log.LogStats;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.snapshot.SnapshotStore;

/** Open files of a node that keeps the only copy. */
public record OpenedLocalFiles(LocalLogStore logs, SnapshotStore snapshots)
        implements NodeFiles.Opened {

    @Override
    public PartitionLog open(int partition) {
        return logs.partition(partition);
    }

    @Override
    public LogStats logStats() {
        return logs.stats();
    }

    @Override
    public int queuedAppends() {
        return logs.queuedAppends();
    }

    @Override
    public void close() {
        logs.close();
    }
}
