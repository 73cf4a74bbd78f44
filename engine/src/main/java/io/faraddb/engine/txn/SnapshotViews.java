package io.faraddb.engine.txn;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.storage.PartitionView;
import java.util.Map;
import java.util.TreeMap;

/** Partitions at one moment, to be read only. */
final class SnapshotViews implements Views {

    private final TokenRing ring;
    private final TreeMap<Integer, PartitionView> views;

    SnapshotViews(TokenRing ring, Map<Integer, PartitionView> views) {
        this.ring = ring;
        this.views = new TreeMap<>(views);
    }

    @Override
    public TokenRing ring() {
        return ring;
    }

    @Override
    public PartitionView view(int partition) {
        return Invariant.notNull(views.get(partition), "a partition is touched before it is read");
    }

    /** Nothing is written here. */
    @Override
    public Views frozen() {
        return this;
    }

    @Override
    public int anyPartition() {
        return views.firstKey();
    }

    @Override
    public int partitionForNewRow() {
        throw new InvariantViolation("a read makes no rows");
    }

    @Override
    public long nextRowId(int partition) {
        throw new InvariantViolation("a read makes no rows");
    }
}
