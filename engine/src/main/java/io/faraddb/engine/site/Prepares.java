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
    private final Queue<Decisions> afterDecision = new ArrayDeque<>();
    private final Set<Long> voting = new HashSet<>();
    private final Set<Long> deciding = new HashSet<>();
    private int holdsWanted;

    /** Somebody who waits for the decisions of some transactions. */
    private record Waiting(Set<Long> transactions, Decisions then) {}

    /** What becomes of a wait for decisions. */
    interface Decisions {

        /** All are there. */
        void made();

        /** They will not come here. */
        void refused(SqlException failure);
    }

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
        if (!site.leads()) {
            vote.completeExceptionally(site.noLeader());
            return;
        }
        if (holdsWanted > 0 || foreign) {
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
                tellWaiting();
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

    void decide(long transaction, boolean commit, boolean urgent, CompletableFuture<Void> done) {
        if (!undecided(transaction)) {
            // Decided before, or never prepared here: nothing to change.
            done.complete(null);
            return;
        }
        if (!site.leads()) {
            done.completeExceptionally(site.noLeader());
            return;
        }
        if (!deciding.add(transaction)) {
            site.afterPending(failure -> complete(done, failure));
            return;
        }
        if (!commit) {
            site.giveUp(transaction);
            tellWaiting();
        }
        LogRecord.Decided decided = new LogRecord.Decided(transaction, commit);
        if (urgent) {
            site.appendUrgently(decided);
        } else {
            site.append(decided, null);
        }
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

    private boolean mayCommit(long transaction) {
        return undecided(transaction) && !site.partition().isGivenUp(transaction);
    }

    void outcome(long transaction, CompletableFuture<Boolean> result) {
        Partition.Decision decision = site.partition().decisions().get(transaction);
        if (decision != null) {
            result.complete(decision.commit());
            return;
        }
        if (!site.leads()) {
            result.completeExceptionally(site.noLeader());
            return;
        }
        boolean decidesHere = deciding.add(transaction);
        if (decidesHere) {
            site.append(new LogRecord.Decided(transaction, false), null);
        }
        site.afterPending(failure -> {
            if (decidesHere) {
                deciding.remove(transaction);
            }
            if (failure == null) {
                Partition.Decision now = site.partition().decisions().get(transaction);
                result.complete(now != null && now.commit());
            } else {
                result.completeExceptionally(failure);
            }
        });
    }

    /** Tells when all transactions that are prepared at this moment are decided here. */
    void afterPreparedNow(Decisions then) {
        if (!site.leads()) {
            then.refused(site.noLeader());
            return;
        }
        Set<Long> open = new HashSet<>(voting);
        open.addAll(site.partition().prepared().keySet());
        open.removeIf(transaction -> !mayCommit(transaction));
        if (open.isEmpty()) {
            then.made();
        } else {
            waiting.add(new Waiting(open, then));
        }
    }

    /** The same; and from now on nothing is prepared, until {@link #release}. */
    void hold(Decisions granted) {
        holdsWanted++;
        afterPreparedNow(granted);
    }

    void release() {
        holdsWanted--;
    }

    /** The site leads no more: what is prepared will not be decided here. */
    void leadershipLost() {
        List<Waiting> ended = List.copyOf(waiting);
        waiting.clear();
        ended.forEach(waiter -> waiter.then().refused(site.noLeader()));
    }

    /** Entries were applied: perhaps some decisions with them. */
    void applied() {
        if (!waiting.isEmpty()) {
            tellWaiting();
        }
    }

    private void tellWaiting() {
        for (Waiting waiter : waiting) {
            waiter.transactions().removeIf(transaction -> !mayCommit(transaction));
            if (waiter.transactions().isEmpty()) {
                afterDecision.add(waiter.then());
            }
        }
        waiting.removeIf(waiter -> waiter.transactions().isEmpty());
        while (!afterDecision.isEmpty()) {
            afterDecision.remove().made();
        }
    }
}
