package io.faraddb.engine.storage;

/**
 * A row's version: the index of the log entry that wrote it, and the place of the transaction in
 * that entry in the low 16 bits.
 */
public final class Versions {

    /** Of a row that no committed entry has written yet. */
    public static final long UNCOMMITTED = Long.MAX_VALUE;

    /** Older than every row. */
    public static final long NONE = 0;

    /** Transactions of one log entry. */
    public static final int TRANSACTIONS_MAX = 1 << 16;

    private Versions() {}

    public static long of(long entryIndex, int transaction) {
        return entryIndex << 16 | transaction;
    }
}
