package io.faraddb.engine.site;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.storage.Changes;
import io.faraddb.engine.storage.Overlay;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.ReadSet;
import io.faraddb.engine.storage.ReservedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A site's side of two-phase commit and of consistent cuts. On the site's thread. */
final class Prepares {

    private static final int PART_BYTES = 4 << 20;

    private final Site site;
    private final List<Waiting> waiting = new ArrayList<>();
    private final Queue<Runnable> afterDecision = new ArrayDeque<>();
    private final Set<Long> voting = new HashSet<>();
    private final Set<Long> deciding = new HashSet<>();
    private int holdsWanted;

    /** Somebody who waits for the decisions of some transactions. */
    private record Waiting(Set<Long> transactions, Runnable then) {}

    Prepares(Site site) {
        this.site = site;
    }

    static void checkReserved(Site site, Overlay changes, @Nullable ReadSet reads) {
        Long holder = site.partition().reservations().conflict(changes, reads);
        if (holder != null) {
            throw new ReservedException(holder);
        }
    }

    void prepare(Participation part, @Nullable Object exclusive, CompletableFuture<Void> vote) {
        boolean foreign = exclusive != null && exclusive != part.owner();
        if (holdsWanted > 0 || foreign || !site.leads()) {
            vote.completeExceptionally(BusyException.INSTANCE);
            return;
        }
        if (site.partition().decisions().containsKey(part.transaction())
                || site.partition().reservations().conflict(part.changes(), part.reads()) != null) {
            vote.completeExceptionally(BusyException.INSTANCE);
            return;
        }
        if (part.catalogVersion() != site.partition().catalogVersion()) {
            vote.completeExceptionally(OptimisticCommit.conflict());
            return;
        }
        ReadSet reads = part.reads();
        PartitionView now = PartitionView.pending(site.partition().store(), site.pending());
        if (reads != null && !reads.stillValid(now, part.snapshot())) {
            vote.completeExceptionally(OptimisticCommit.conflict());
            return;
        }
        site.partition().reservations().reserve(part.transaction(), part.changes(), reads);
        voting.add(part.transaction());
        append(part);
        site.afterPending(failure -> {
            voting.remove(part.transaction());
            if (failure == null) {
                vote.complete(null);
            } else {
                vote.completeExceptionally(failure);
            }
        });
    }

    /** A large transaction goes into the log in parts, each an entry of its own. */
    private void append(Participation participation) {
        List<Changes> parts = participation.changes().toChanges().split(PART_BYTES);
        for (Changes part : parts.subList(0, parts.size() - 1)) {
            site.append(new LogRecord.PreparedPart(participation.transaction(), part), null);
            site.seal();
        }
        site.append(
                new LogRecord.Prepared(
                        participation.transaction(), participation.participants(), parts.getLast()),
                null);
    }

    void decide(long transaction, boolean commit, CompletableFuture<Void> done) {
        if (!undecided(transaction)) {
            // Decided before, or never prepared here: nothing to change.
            done.complete(null);
            return;
        }
        if (!deciding.add(transaction)) {
            site.afterPending(failure -> complete(done, failure));
            return;
        }
        site.append(new LogRecord.Decided(transaction, commit), null);
        site.afterPending(failure -> {
            deciding.remove(transaction);
            complete(done, failure);
        });
    }

    private static void complete(CompletableFuture<Void> done, @Nullable SqlException failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    private boolean undecided(long transaction) {
        return voting.contains(transaction) || site.partition().prepared().containsKey(transaction);
    }

    void outcome(long transaction, CompletableFuture<Boolean> result) {
        Partition.Decision decision = site.partition().decisions().get(transaction);
        if (decision != null) {
            result.complete(decision.commit());
            return;
        }
        if (undecided(transaction) && !deciding.contains(transaction)) {
            deciding.add(transaction);
        }
        site.append(new LogRecord.Decided(transaction, false), null);
        site.afterPending(failure -> {
            deciding.remove(transaction);
            if (failure == null) {
                Partition.Decision now = site.partition().decisions().get(transaction);
                result.complete(now != null && now.commit());
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** Runs when all transactions that are prepared at this moment are decided here. */
    void afterPreparedNow(Runnable then) {
        Set<Long> open = new HashSet<>(voting);
        open.addAll(site.partition().prepared().keySet());
        if (open.isEmpty()) {
            then.run();
        } else {
            waiting.add(new Waiting(open, then));
        }
    }

    void hold(Runnable granted) {
        holdsWanted++;
        afterPreparedNow(granted);
    }

    void release() {
        holdsWanted--;
    }

    /** Entries were applied: perhaps some decisions with them. */
    void applied() {
        if (waiting.isEmpty()) {
            return;
        }
        for (Waiting waiter : waiting) {
            waiter.transactions().removeIf(transaction -> !undecided(transaction));
            if (waiter.transactions().isEmpty()) {
                afterDecision.add(waiter.then());
            }
        }
        waiting.removeIf(waiter -> waiter.transactions().isEmpty());
        while (!afterDecision.isEmpty()) {
            afterDecision.remove().run();
        }
    }
}
