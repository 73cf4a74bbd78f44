package io.faraddb.engine.txn;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.storage.PartitionView;

/**
 * One partition, for what runs on its site. Asking for another is an error, never an empty result.
 */
public final class SiteViews implements Views {

    private final Partitions partitions;
    private final int partition;
    private final PartitionView view;

    public SiteViews(Partitions partitions, int partition, PartitionView view) {
        this.partitions = partitions;
        this.partition = partition;
        this.view = view;
    }

    @Override
    public TokenRing ring() {
        return partitions.ring();
    }

    @Override
    public PartitionView view(int wanted) {
        if (wanted != partition) {
            throw new SqlException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "a single-partition procedure cannot reach rows of another partition")
                    .detail(
                            "It runs on partition %d; a statement touches partition %d."
                                    .formatted(partition, wanted))
                    .hint(
                            "Compare the partitioning column with the procedure's"
                                    + " partitioning parameter in each statement, or create the"
                                    + " procedure without PARTITION ON.");
        }
        return view;
    }

    @Override
    public Views frozen() {
        return new SiteViews(partitions, partition, view.frozen());
    }

    @Override
    public int anyPartition() {
        return partition;
    }

    @Override
    public int partitionForNewRow() {
        return partition;
    }

    @Override
    public long nextRowId(int wanted) {
        return partitions.rowIds().next(wanted);
    }
}
