package io.faraddb.engine.sql.exec;

import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.storage.PartitionView;

/** The partitions that a statement may touch, as its transaction sees them. */
public interface Views {

    TokenRing ring();

    /**
     * @throws io.faraddb.engine.error.SqlException if the transaction runs where that partition is
     *     not to be had
     */
    PartitionView view(int partition);

    /**
     * The same as they are now: what the transaction writes from now on is not seen. For a
     * statement that reads what it writes.
     */
    Views frozen();

    /** A partition for tables that have a copy in each. */
    int anyPartition();

    /** Where a new row of a table without a partitioning column goes. */
    int partitionForNewRow();

    /** An unused row id of a partition. */
    long nextRowId(int partition);
}
