package io.faraddb.engine.log;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.concurrent.CompletableFuture;

/**
 * The log of one replica of one partition. Entries are packed by the partition's site; the log
 * makes them durable, hands them out in order, and knows who leads.
 *
 * <p>Contract, tested for each implementation by one suite:
 *
 * <ul>
 *   <li>{@link Listener#committed} is called for every entry after the one that {@link #start}
 *       names, once, in order of index without gaps, first for those of earlier runs.
 *   <li>An entry is handed out only when it is durable and can't be lost or replaced any more.
 *   <li>An append names the position that it wants. It fails unless its index follows the last one:
 *       so when one append fails, those issued after it fail too, and the site goes on from a known
 *       place. It fails unless its term is the one in which this replica leads: so what was made
 *       under a lead that is lost is never appended under a later one, whatever stands there now.
 *   <li>A failed append is never handed out later, but for {@code TRANSACTION_RESOLUTION_UNKNOWN}:
 *       that one may be.
 * </ul>
 */
public interface PartitionLog extends AutoCloseable {

    /** Bytes of one entry. */
    int ENTRY_BYTES_MAX = 64 << 20;

    /**
     * Takes what the log hands out, on the log's thread. Must not block, but in {@link #committed}
     * before {@link #replayed}: a replay may be faster than its listener.
     */
    interface Listener {

        /** The next entry; its bytes are not to be changed. */
        void committed(LogPosition position, byte[] entry);

        /** All entries that were there at the start have been handed out. */
        void replayed(LogPosition last);

        /**
         * This replica begins or ceases to lead. Entries of an earlier term come first, and appends
         * of an earlier lead have completed.
         *
         * @param term in which it begins to lead; when it ceases, that one or a later one
         */
        void leadership(boolean leads, long term);

        /** The log can't go on, for example because a sync failed. It takes no more appends. */
        void failed(Throwable cause);

        /**
         * The entries that come next are gone, also at the other replicas: they have truncated
         * their logs while this one was away. Nothing more is handed out. The owner closes the log,
         * gets the rows of a snapshot that ends at this position or later from a replica that has
         * one, and opens the log anew to start after it. A listener that can't do that has failed.
         *
         * @param through the last entry that is gone
         */
        default void behind(LogPosition through) {
            failed(
                    new SqlException(
                            ErrorCode.DATA_CORRUPTED,
                            "The log begins after entry " + through.index()));
        }
    }

    /** The last entry that was there when the log was opened: a replay ends with it. */
    LogPosition endAtOpen();

    /**
     * Begins to hand out entries.
     *
     * @param after the last entry that the caller has already, from a snapshot
     * @throws SqlException DATA_CORRUPTED when entries after it are truncated, and no other replica
     *     can have a snapshot; where one can, {@link Listener#behind} is told
     */
    void start(LogPosition after, Listener listener);

    /**
     * Adds an entry; only the leader may.
     *
     * @param position the term that the listener was told last, and one more than the index of the
     *     last entry appended, whether committed yet or not
     * @return completes when the entry is committed, before or after the listener is told; fails
     *     with SqlException: DISK_FULL, CANNOT_CONNECT_NOW when this replica does not lead in that
     *     term, TRANSACTION_RESOLUTION_UNKNOWN when it lost the lead meanwhile
     */
    CompletableFuture<LogPosition> append(LogPosition position, byte[] entry);

    /**
     * The same for a few bytes that others wait for, such as the decision of a transaction: where
     * there is no room for more, there may be some that is kept for these.
     */
    default CompletableFuture<LogPosition> appendDecision(LogPosition position, byte[] entry) {
        return append(position, entry);
    }

    /** Completes when this replica is known to lead still: reads after that are not stale. */
    CompletableFuture<Void> readBarrier();

    /** Entries up to here are in a snapshot and may be forgotten. */
    void truncateThrough(LogPosition position);

    @Override
    void close();
}
