package io.faraddb.engine.txn;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.site.PartitionImage;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.stats.TransactionStats;
import io.faraddb.engine.stats.TransactionStats.Retry;
import io.faraddb.engine.time.TimeSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Begins, commits and retries optimistic transactions. Calls wait for sites: virtual threads only.
 */
public final class Transactions {

    /** Tries of a statement or procedure before it runs alone. */
    private static final int TRIES_MAX = 8;

    private static final long BACK_OFF_NANOS = 200_000;

    private final Partitions partitions;
    private final Supplier<Catalog> catalog;
    private final Cuts cuts;
    private final TwoPhaseCommit twoPhaseCommit;
    private final TransactionStats stats;

    /**
     * @param catalog the current one
     */
    public Transactions(Partitions partitions, Supplier<Catalog> catalog, TimeSource time) {
        this.stats = new TransactionStats(time);
        this.partitions = partitions;
        this.catalog = catalog;
        this.cuts = new Cuts(partitions);
        this.twoPhaseCommit = new TwoPhaseCommit(partitions, time, stats);
    }

    public Partitions partitions() {
        return partitions;
    }

    public TransactionStats stats() {
        return stats;
    }

    public OptimisticTransaction begin() {
        return new OptimisticTransaction(partitions, cuts, catalog.get());
    }

    /**
     * Commits. A transaction that wrote nothing has read one consistent moment and needs no check.
     *
     * @throws SqlException 40001 when what it read has changed; 08007 when the outcome is unknown
     */
    public void commit(OptimisticTransaction transaction) {
        commit(transaction, null);
    }

    private void commit(OptimisticTransaction transaction, @Nullable Object owner) {
        if (transaction.hasWrites()) {
            twoPhaseCommit.commit(transaction, owner);
        }
        if (!transaction.parts().isEmpty()) {
            stats.participated(transaction.parts().size());
        }
    }

    /**
     * Runs a statement or procedure over several partitions: again when another one was in its way,
     * alone when that has happened too often, so that its client never has to.
     */
    public <T> T run(Function<OptimisticTransaction, T> body) {
        for (int attempt = 1; attempt <= TRIES_MAX; attempt++) {
            OptimisticTransaction transaction = begin();
            try {
                T result = body.apply(transaction);
                commit(transaction);
                return result;
            } catch (SqlException failure) {
                if (failure.code() != ErrorCode.SERIALIZATION_FAILURE) {
                    throw failure;
                }
                stats.retried(Retry.CONFLICT);
                LockSupport.parkNanos(BACK_OFF_NANOS * attempt);
            }
        }
        return runAlone(owner -> {
            OptimisticTransaction transaction = begin();
            T result = body.apply(transaction);
            commit(transaction, owner);
            return result;
        });
    }

    /**
     * Runs while no other transaction does: for schema changes and for what never gets its turn.
     * Partitions are taken in order, so two of these wait for each other's end only.
     *
     * @param body gets the token under which its transactions are prepared
     */
    public <T> T runAlone(Function<Object, T> body) {
        Object owner = new Object();
        List<SiteThread> sites = partitions.sites();
        int taken = 0;
        try {
            for (SiteThread site : sites) {
                CompletableFuture<Void> granted = site.exclusive(owner);
                taken++;
                Waits.join(granted);
            }
            return body.apply(owner);
        } finally {
            for (int i = 0; i < taken; i++) {
                sites.get(i).endExclusive(owner);
            }
        }
    }

    /** Commits a transaction that runs under the token of {@link #runAlone}. */
    public void commitAlone(OptimisticTransaction transaction, Object owner) {
        commit(transaction, owner);
    }

    /** All partitions whole, at one moment: no transaction is in one of them and not in another. */
    public List<PartitionImage> images() {
        return cuts.images();
    }

    /** Settles transactions that were prepared before a crash: asks the first participant. */
    public CompletableFuture<Void> settle(long transaction, int[] participants, int partition) {
        return twoPhaseCommit.settle(transaction, participants, partition);
    }
}
