package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.RecordingListener;
import io.faraddb.engine.replication.ReadBarriers.PeerProbe;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may say that he leads, by what the others answer. */
class ReadBarriersTest {

    private static final long TERM = 5;

    private final Deque<Runnable> asked = new ArrayDeque<>();
    private final List<@Nullable Long> terms = new ArrayList<>();
    private final Replica replica;
    private final ReadBarriers barriers;
    private int questions;

    ReadBarriersTest() {
        LeaderAppends appends = new LeaderAppends(0);
        replica = new Replica(0, LogPosition.START, appends, new NoWishes());
        replica.start(LogPosition.START, new RecordingListener());
        replica.opened(null, TermIndex.valueOf(TERM, 1));
        replica.readyToLead(TERM, term -> true);
        List<PeerProbe> probes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int peer = i;
            terms.add(TERM);
            probes.add(new PeerProbe(() -> termOf(peer), asked::add));
        }
        barriers = new ReadBarriers(0, replica, probes);
    }

    private static final class NoWishes implements Replica.Wishes {
        @Override
        public void jump(LogPosition position) {}

        @Override
        public void handOver() {}

        @Override
        public void leave() {}

        @Override
        public void loseLead() {}
    }

    private long termOf(int peer) throws Exception {
        questions++;
        Long term = terms.get(peer);
        if (term == null) {
            throw new Exception("no answer");
        }
        return term;
    }

    private void answer() {
        asked.remove().run();
    }

    @Test
    void majorityThatHasReachedNoLaterTermIsEnough() {
        CompletableFuture<Void> barrier = barriers.ask();
        answer();
        assertThat(barrier).isNotDone();
        answer();
        assertThat(barrier).isCompleted();
    }

    @Test
    void memberThatIsBehindConfirmsAndOneThatIsAheadDoesNot() {
        terms.set(0, TERM + 1);
        terms.set(1, null);
        terms.set(2, TERM - 3);
        CompletableFuture<Void> barrier = barriers.ask();
        answer();
        answer();
        answer();
        assertThat(barrier).isNotDone();
        answer();
        assertThat(barrier).isCompleted();
    }

    @Test
    void minorityIsNotEnough() {
        terms.set(0, TERM + 1);
        terms.set(1, TERM + 1);
        terms.set(2, null);
        CompletableFuture<Void> barrier = barriers.ask();
        while (!asked.isEmpty()) {
            answer();
        }
        assertThat(barrier).isCompletedExceptionally();
    }

    /** An answer that was on its way already says nothing about who asks now. */
    @Test
    void whoAsksMeanwhileWaitsForTheNextAnswer() {
        CompletableFuture<Void> first = barriers.ask();
        CompletableFuture<Void> second = barriers.ask();
        CompletableFuture<Void> third = barriers.ask();
        assertThat(asked).hasSize(4);
        while (!asked.isEmpty()) {
            answer();
        }
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(questions).isEqualTo(4);

        CompletableFuture<Void> early = barriers.ask();
        Runnable running = asked.remove();
        terms.set(0, TERM + 1);
        running.run();
        assertThat(early).isNotDone();
        assertThat(questions).isEqualTo(5);
    }

    @Test
    void nobodyWaitsWhenTheLeadIsLost() {
        CompletableFuture<Void> barrier = barriers.ask();
        barriers.failAll();
        assertThat(barrier).isCompletedExceptionally();
        while (!asked.isEmpty()) {
            answer();
        }
        replica.ceasedToLead(TERM + 1);
        assertThat(barriers.ask()).isCompletedExceptionally();
    }

    @Test
    void whoHasLostTheLeadMeanwhileDoesNotPass() {
        CompletableFuture<Void> barrier = barriers.ask();
        replica.ceasedToLead(TERM + 1);
        while (!asked.isEmpty()) {
            answer();
        }
        assertThat(barrier).isCompletedExceptionally();
    }
}
