package io.faraddb.engine.txn;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.storage.PartitionView;
import java.util.Map;

/**
 * A transaction's partitions at one moment of it.
 *
 * @param transaction goes on meanwhile
 * @param views of all partitions that it had touched
 */
record FrozenViews(Views transaction, Map<Integer, PartitionView> views) implements Views {

    FrozenViews {
        views = Map.copyOf(views);
    }

    @Override
    public TokenRing ring() {
        return transaction.ring();
    }

    @Override
    public PartitionView view(int partition) {
        return Invariant.notNull(views.get(partition), "a partition is touched before it is read");
    }

    @Override
    public Views frozen() {
        return this;
    }

    @Override
    public int anyPartition() {
        return transaction.anyPartition();
    }

    @Override
    public int partitionForNewRow() {
        return transaction.partitionForNewRow();
    }

    @Override
    public long nextRowId(int partition) {
        return transaction.nextRowId(partition);
    }
}
