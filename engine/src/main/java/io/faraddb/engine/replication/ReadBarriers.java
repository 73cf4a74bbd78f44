package io.faraddb.engine.replication;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Proofs that a replica still leads. Whoever leads in a later term was voted for by a majority, and
 * who votes reaches that term first. So when a majority, this replica among them, has not reached a
 * later term after somebody asked, nobody else led when he asked, and what is committed here is all
 * there is. No clock is part of it, and nothing is written.
 *
 * <p>Ratis's own linearizable reads are not used: while its commit index stands still they complete
 * without asking anybody, so a leader that was cut off answers from the past; and its lease can
 * outlast an election that had begun before the lease was renewed.
 */
final class ReadBarriers {

    /** Barriers that wait at the same time. */
    static final int BARRIERS_MAX = 4096;

    private final int partition;
    private final Replica replica;
    private final List<PeerProbe> probes;
    private final Set<Barrier> waiting = new LinkedHashSet<>();

    /** Counts the answers for one who waits. */
    private final class Barrier {
        private final long term;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private int confirmed = 1;
        private int answered = 1;

        Barrier(long term) {
            this.term = term;
        }

        boolean answer(@Nullable Long peerTerm) {
            boolean majority;
            boolean over;
            synchronized (this) {
                answered++;
                confirmed += peerTerm != null && peerTerm <= term ? 1 : 0;
                majority = 2 * confirmed > probes.size() + 1;
                over = answered == probes.size() + 1;
            }
            if (majority) {
                finish(this, leads(term));
            } else if (over) {
                finish(this, false);
            }
            return majority;
        }
    }

    /**
     * @param probes of all other members
     */
    ReadBarriers(int partition, Replica replica, List<PeerProbe> probes) {
        this.partition = partition;
        this.replica = replica;
        this.probes = probes;
    }

    private boolean leads(long term) {
        return replica.state() == ReplicaState.LEADING && replica.term() == term;
    }

    CompletableFuture<Void> ask() {
        Barrier barrier = new Barrier(replica.term());
        synchronized (waiting) {
            if (waiting.size() >= BARRIERS_MAX) {
                return CompletableFuture.failedFuture(Refusals.queueFull());
            }
            waiting.add(barrier);
        }
        if (!leads(barrier.term)) {
            finish(barrier, false);
        } else if (probes.isEmpty()) {
            finish(barrier, true);
        }
        for (PeerProbe probe : probes) {
            probe.ask().handle((term, failure) -> barrier.answer(term)).exceptionally(this::defect);
        }
        return barrier.done;
    }

    private boolean defect(Throwable cause) {
        replica.fail(cause);
        return false;
    }

    private void finish(Barrier barrier, boolean leads) {
        synchronized (waiting) {
            if (!waiting.remove(barrier)) {
                return;
            }
        }
        if (leads) {
            barrier.done.complete(null);
        } else {
            barrier.done.completeExceptionally(Refusals.noMajority(partition));
        }
    }

    /** The lead is lost: nobody waits any longer. */
    void failAll() {
        List<Barrier> lost;
        synchronized (waiting) {
            lost = new ArrayList<>(waiting);
        }
        lost.forEach(barrier -> finish(barrier, false));
    }

    /**
     * Asks one other member which term it has reached. One question is under way at a time; those
     * who ask meanwhile share the next one, for the answer must be younger than their asking.
     */
    static final class PeerProbe {

        /** Asks, and waits for the answer as long as a request may take. */
        @FunctionalInterface
        interface Question {
            long termOfPeer() throws Exception;
        }

        private final Question question;
        private final Executor executor;
        private @Nullable CompletableFuture<Long> next;
        private boolean asking;

        PeerProbe(Question question, Executor executor) {
            this.question = question;
            this.executor = executor;
        }

        /** The term that the member has reached, asked after this call. */
        CompletableFuture<Long> ask() {
            CompletableFuture<Long> answer;
            boolean start;
            synchronized (this) {
                CompletableFuture<Long> waiting = next;
                answer = waiting == null ? new CompletableFuture<>() : waiting;
                next = answer;
                start = !asking;
                asking = true;
            }
            if (start) {
                executor.execute(this::run);
            }
            return answer;
        }

        private void run() {
            for (CompletableFuture<Long> answer = take(); answer != null; answer = take()) {
                try {
                    answer.complete(question.termOfPeer());
                } catch (Exception e) {
                    answer.completeExceptionally(e);
                }
            }
        }

        private synchronized @Nullable CompletableFuture<Long> take() {
            CompletableFuture<Long> taken = next;
            next = null;
            asking = taken != null;
            return taken;
        }
    }
}
