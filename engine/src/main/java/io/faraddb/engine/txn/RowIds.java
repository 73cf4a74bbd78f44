package io.faraddb.engine.txn;

import io.faraddb.engine.error.Invariant;
import java.util.concurrent.atomic.AtomicLongArray;

/** Row ids for tables without a primary key: the partition in 16 bits, then a count. */
public final class RowIds {

    private static final int PARTITION_SHIFT = 48;
    private static final long COUNT_MASK = (1L << PARTITION_SHIFT) - 1;

    private final AtomicLongArray next;

    public RowIds(int partitions) {
        next = new AtomicLongArray(partitions);
    }

    /** An id that no row of the partition has had. */
    public long next(int partition) {
        long count = next.incrementAndGet(partition);
        Invariant.check(count <= COUNT_MASK, "2^48 row ids of a partition suffice");
        return (long) partition << PARTITION_SHIFT | count;
    }

    /** A row with this id is there already. */
    public void seen(int partition, long rowId) {
        next.accumulateAndGet(partition, rowId & COUNT_MASK, Math::max);
    }
}
