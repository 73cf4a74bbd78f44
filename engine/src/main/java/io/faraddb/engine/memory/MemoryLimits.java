package io.faraddb.engine.memory;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;

/** How much statements may hold, and whether the heap has room for more. */
public interface MemoryLimits {

    /** No limits: for functions that are folded, and for tests. */
    MemoryLimits NONE =
            new MemoryLimits() {
                @Override
                public long statementBytesMax() {
                    return Long.MAX_VALUE;
                }

                @Override
                public boolean heapFull() {
                    return false;
                }
            };

    /** Bytes that one sort, join, grouping, write or result may hold, about. */
    long statementBytesMax();

    /** Whether what lives in the heap leaves no room for more of it. */
    boolean heapFull();

    /**
     * Called before something is kept that outlives its statement.
     *
     * @throws SqlException 53200 if the heap is full
     */
    default void requireRoom() {
        if (heapFull()) {
            throw new SqlException(ErrorCode.OUT_OF_MEMORY, "the node's heap is full")
                    .hint(
                            "Delete rows or give the node a larger heap. Deletes and small reads"
                                    + " go on.");
        }
    }
}
