package io.faraddb.engine.txn;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.site.BusyException;
import io.faraddb.engine.site.Participation;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.stats.TransactionStats;
import io.faraddb.engine.stats.TransactionStats.Retry;
import io.faraddb.engine.time.TimeSource;
import io.faraddb.engine.txn.OptimisticTransaction.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Commits optimistic transactions: in one step at the only partition involved, else by two-phase
 * commit over the partitions' logs. Nobody waits for a prepared transaction while being prepared
 * itself, so there is no deadlock: whoever finds one in its way backs off and tries again.
 */
final class TwoPhaseCommit {

    private static final int BUSY_TRIES_MAX = 50;
    private static final int ROWS_IN_ONE_STEP_MAX = 1_000;
    private static final long BACK_OFF_NANOS = 100_000;
    private static final long BACK_OFF_NANOS_MAX = 5_000_000;

    /** The log goes on, and takes what comes later, perhaps. */
    private static final Set<ErrorCode> MAY_PASS =
            Set.of(ErrorCode.DISK_FULL, ErrorCode.IO_ERROR, ErrorCode.INSUFFICIENT_RESOURCES);

    /** What was appended is not in the log and never will be. */
    private static final Set<ErrorCode> REFUSED =
            Set.of(
                    ErrorCode.DISK_FULL,
                    ErrorCode.IO_ERROR,
                    ErrorCode.INSUFFICIENT_RESOURCES,
                    ErrorCode.CANNOT_CONNECT_NOW);

    private static final long TELL_AGAIN_MILLIS = 20;
    private static final Executor LATER =
            CompletableFuture.delayedExecutor(TELL_AGAIN_MILLIS, TimeUnit.MILLISECONDS);

    private final Partitions partitions;
    private final TransactionStats stats;
    private final AtomicLong lastTransaction;

    TwoPhaseCommit(Partitions partitions, TimeSource time, TransactionStats stats) {
        this.partitions = partitions;
        this.stats = stats;
        // Later runs of the node begin later, and none counts faster than the microseconds pass.
        this.lastTransaction = new AtomicLong(time.epochMicros());
    }

    void commit(OptimisticTransaction transaction, @Nullable Object owner) {
        Map<Integer, Part> involved = new TreeMap<>(transaction.parts());
        involved.values().removeIf(part -> part.writes().isEmpty() && part.reads().isEmpty());
        if (owner == null && involved.size() == 1 && small(involved)) {
            commitOne(transaction, involved);
            return;
        }
        for (int attempt = 1; attempt <= BUSY_TRIES_MAX; attempt++) {
            if (tryCommit(transaction, involved, owner)) {
                return;
            }
            stats.retried(Retry.BUSY);
            LockSupport.parkNanos(Math.min(BACK_OFF_NANOS * attempt, BACK_OFF_NANOS_MAX));
        }
        throw OptimisticTransaction.conflict();
    }

    /** A large transaction is prepared in parts even if it has one partition only. */
    private static boolean small(Map<Integer, Part> involved) {
        return involved.values().iterator().next().writes().rowCount() <= ROWS_IN_ONE_STEP_MAX;
    }

    private void commitOne(OptimisticTransaction transaction, Map<Integer, Part> involved) {
        Map.Entry<Integer, Part> only = involved.entrySet().iterator().next();
        Part part = only.getValue();
        CompletableFuture<Void> done =
                partitions
                        .site(only.getKey())
                        .commit(
                                transaction.validates() ? part.reads() : null,
                                part.writes(),
                                part.snapshot(),
                                transaction.catalogVersion());
        try {
            Waits.join(done);
        } catch (SqlException failure) {
            throw failure.code() == ErrorCode.QUERY_CANCELED ? unknown(failure) : failure;
        }
    }

    private static SqlException unknown(SqlException cause) {
        return new SqlException(
                        ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN,
                        "the transaction may or may not have been committed")
                .detail(cause.text());
    }

    /** False if a prepared transaction was in the way. */
    private boolean tryCommit(
            OptimisticTransaction transaction,
            Map<Integer, Part> involved,
            @Nullable Object owner) {
        long id = lastTransaction.incrementAndGet();
        int[] participants = involved.keySet().stream().mapToInt(Integer::intValue).toArray();
        Map<Integer, CompletableFuture<Void>> votes = new TreeMap<>();
        involved.forEach((partition, part) ->
                votes.put(
                        partition,
                        partitions
                                .site(partition)
                                .prepare(
                                        new Participation(
                                                id,
                                                participants,
                                                transaction.validates() ? part.reads() : null,
                                                part.writes(),
                                                part.snapshot(),
                                                transaction.catalogVersion(),
                                                owner))));
        RuntimeException refusal = collect(votes);
        if (refusal == null) {
            decide(id, participants);
            return true;
        }
        tellAll(id, participants, false);
        if (refusal instanceof BusyException) {
            return false;
        }
        throw refusal;
    }

    /** The first refusal; one that is final goes before one that is not. */
    private static @Nullable RuntimeException collect(Map<Integer, CompletableFuture<Void>> votes) {
        RuntimeException refusal = null;
        for (CompletableFuture<Void> vote : votes.values()) {
            try {
                Waits.join(vote);
            } catch (BusyException busy) {
                refusal = refusal == null ? busy : refusal;
            } catch (SqlException failure) {
                refusal = failure;
            }
        }
        return refusal;
    }

    /** Durable in the first participant's log is committed; the others hear of it next. */
    private void decide(long id, int[] participants) {
        awaitDecision(id, participants);
        tellAll(id, participants, true);
    }

    /** A decision that the log refused is no decision; one without an answer is unknown. */
    private void awaitDecision(long id, int[] participants) {
        try {
            Waits.join(partitions.site(participants[0]).decide(id, true));
        } catch (SqlException failure) {
            if (REFUSED.contains(failure.code())) {
                tellAll(id, participants, false);
                throw failure;
            }
            throw unknown(failure);
        }
    }

    /**
     * The first participant remembers the outcome until all others know it; a commit it knows
     * itself.
     */
    private void tellAll(long id, int[] participants, boolean commit) {
        List<CompletableFuture<Void>> taken = new ArrayList<>();
        for (int i = commit ? 1 : 0; i < participants.length; i++) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            taken.add(done);
            SiteThread site = partitions.site(participants[i]);
            tell(site.decide(id, commit), () -> site.decideAgain(id, commit), done);
        }
        SiteThread first = partitions.site(participants[0]);
        var unused =
                CompletableFuture.allOf(taken.toArray(CompletableFuture[]::new))
                        .thenRun(() -> first.forget(id));
    }

    /** Again and again while the partition's log can't take it; its next leader will ask. */
    private static void tell(
            CompletableFuture<Void> decision,
            Supplier<CompletableFuture<Void>> again,
            CompletableFuture<Void> taken) {
        var unused =
                decision.whenComplete((done, failure) -> {
                    if (failure == null) {
                        taken.complete(null);
                    } else if (failure instanceof SqlException refusal
                            && MAY_PASS.contains(refusal.code())) {
                        LATER.execute(() -> tell(again.get(), again, taken));
                    } else {
                        taken.completeExceptionally(failure);
                    }
                });
    }

    CompletableFuture<Void> settle(long id, int[] participants, int partition) {
        SiteThread first = partitions.site(participants[0]);
        return first.outcome(id)
                .thenCompose(commit -> partitions.site(partition).decide(id, commit));
    }
}
