package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.RecordingListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.server.protocol.TermIndex;
import org.junit.jupiter.api.Test;

/** In which order a replica tells what it is told, without a group. */
class ReplicaTest {

    private final LeaderAppends appends = new LeaderAppends(0);
    private final List<String> wishes = new ArrayList<>();
    private final RecordingListener listener = new RecordingListener();
    private long record;

    private final class WrittenWishes implements Replica.Wishes {
        @Override
        public void jump(LogPosition position) {
            wishes.add("jump " + position.index());
        }

        @Override
        public void handOver() {
            wishes.add("hand over");
        }

        @Override
        public void leave() {
            wishes.add("leave");
        }

        @Override
        public void loseLead() {}
    }

    private Replica replica(long base, LogPosition after) {
        Replica replica = new Replica(0, new LogPosition(1, base), appends, new WrittenWishes());
        replica.start(after, listener);
        return replica;
    }

    private void commit(Replica replica, EntryPart.Kind kind, long term, long index) {
        EntryPart part = new EntryPart(kind, index, 0, 0, 0, ByteBuffer.allocate(0));
        replica.committed(part, TermIndex.valueOf(term, ++record));
    }

    private void commit(Replica replica, long term, long index) {
        commit(replica, EntryPart.Kind.ENTRY, term, index);
    }

    @Test
    void replayEndsWithWhatWasThereAtTheStart() {
        Replica replica = replica(0, LogPosition.START);
        commit(replica, 1, 1);
        replica.opened(TermIndex.valueOf(1, 3), TermIndex.valueOf(1, 1));
        commit(replica, 1, 2);
        assertThat(listener.replayed()).isNull();
        commit(replica, 1, 3);
        assertThat(listener.replayed()).isEqualTo(new LogPosition(1, 3));
        commit(replica, 1, 4);
        assertThat(listener.events())
                .containsExactly(
                        "committed 1", "committed 2", "committed 3", "replayed 3", "committed 4");
    }

    @Test
    void replayEndsAlsoWhenANewLeaderHasOverwrittenTheRest() {
        Replica replica = replica(0, LogPosition.START);
        replica.opened(TermIndex.valueOf(1, 9), TermIndex.INITIAL_VALUE);
        commit(replica, 1, 1);
        assertThat(listener.replayed()).isNull();
        replica.passed(TermIndex.valueOf(2, ++record));
        assertThat(listener.replayed()).isEqualTo(new LogPosition(1, 1));
    }

    @Test
    void whatTheSnapshotHasIsNotHandedOut() {
        Replica replica = replica(0, new LogPosition(1, 2));
        replica.opened(null, TermIndex.INITIAL_VALUE);
        for (long index = 1; index <= 4; index++) {
            commit(replica, 1, index);
        }
        assertThat(listener.indexes()).containsExactly(3L, 4L);
    }

    @Test
    void entryThatIsThereAlreadyIsPassedOverAndAGapEndsAll() {
        Replica replica = replica(0, LogPosition.START);
        replica.opened(null, TermIndex.INITIAL_VALUE);
        commit(replica, 1, 1);
        commit(replica, 1, 1);
        commit(replica, 1, 2);
        assertThat(listener.indexes()).containsExactly(1L, 2L);
        commit(replica, 1, 4);
        assertThat(listener.failure()).isInstanceOf(InvariantViolation.class);
        assertThat(replica.state()).isEqualTo(ReplicaState.FAILED);
        assertThat(wishes).containsExactly("leave");
        commit(replica, 1, 3);
        assertThat(listener.indexes()).containsExactly(1L, 2L);
    }

    /** Ratis says "ready" in one thread and "not leader" in another; the second may come first. */
    @Test
    void leadThatHasEndedAlreadyIsNotTold() {
        Replica replica = replica(0, LogPosition.START);
        replica.opened(null, TermIndex.INITIAL_VALUE);
        replica.ceasedToLead(2);
        replica.readyToLead(1, term -> false);
        assertThat(listener.events()).containsExactly("replayed 0");
        replica.readyToLead(3, term -> term == 3);
        assertThat(listener.term()).isEqualTo(3);
        replica.ceasedToLead(4);
        assertThat(listener.events()).containsExactly("replayed 0", "leads", "leads no more");
    }

    @Test
    void appendsThatStillWaitAreSettledBeforeTheEndOfTheLeadIsTold() {
        Replica replica = replica(0, LogPosition.START);
        replica.opened(null, TermIndex.INITIAL_VALUE);
        replica.readyToLead(1, term -> true);
        PendingAppend append = PendingAppend.entry(new LogPosition(1, 1), new byte[1]);
        assertThat(appends.issue(append)).isNotNull();
        CompletableFuture<LogPosition> settled =
                append.done().whenComplete((position, failure) -> listener.note("settled"));
        replica.ceasedToLead(2);
        assertThat(settled).isCompletedExceptionally();
        assertThat(listener.events())
                .containsExactly("replayed 0", "leads", "settled", "leads no more");
    }

    @Test
    void leaderWhoseLogEndsBeforeItsSnapshotJumpsFirst() {
        Replica replica = replica(0, new LogPosition(1, 50));
        replica.opened(null, TermIndex.INITIAL_VALUE);
        replica.readyToLead(1, term -> true);
        assertThat(listener.leads()).isFalse();
        assertThat(wishes).containsExactly("jump 50");
        commit(replica, EntryPart.Kind.JUMP, 1, 50);
        assertThat(listener.leads()).isTrue();
        commit(replica, 1, 51);
        assertThat(listener.indexes()).containsExactly(51L);
    }

    @Test
    void followerThatLacksWhatIsJumpedOverIsBehindAndDoesNotLead() {
        Replica replica = replica(0, LogPosition.START);
        replica.opened(null, TermIndex.INITIAL_VALUE);
        commit(replica, EntryPart.Kind.JUMP, 1, 50);
        assertThat(listener.behind()).extracting(LogPosition::index).isEqualTo(50L);
        commit(replica, 1, 51);
        assertThat(listener.count()).isZero();
        replica.readyToLead(2, term -> true);
        assertThat(listener.leads()).isFalse();
        assertThat(wishes).containsExactly("hand over");
    }

    @Test
    void replicaWhoseLogBeginsBehindItsRowsIsBehindFromTheStart() {
        Replica replica = replica(20, new LogPosition(1, 10));
        replica.opened(TermIndex.valueOf(1, 30), TermIndex.valueOf(1, 25));
        commit(replica, 1, 21);
        assertThat(listener.events()).containsExactly("behind 20");
    }

    @Test
    void markOfTheLeaderLeavesWhoHasTheRowsInPeace() {
        Replica replica = replica(0, new LogPosition(1, 30));
        replica.opened(null, TermIndex.INITIAL_VALUE);
        replica.installed(new SnapshotMark(new LogPosition(1, 20), TermIndex.valueOf(1, 25)));
        assertThat(listener.behind()).isNull();
        for (long index = 21; index <= 32; index++) {
            commit(replica, 1, index);
        }
        assertThat(listener.indexes()).containsExactly(31L, 32L);
        replica.installed(new SnapshotMark(new LogPosition(1, 40), TermIndex.valueOf(1, 60)));
        assertThat(listener.behind()).extracting(LogPosition::index).isEqualTo(40L);
    }

    @Test
    void nothingIsToldAfterClose() {
        Replica replica = replica(0, LogPosition.START);
        replica.opened(null, TermIndex.INITIAL_VALUE);
        assertThat(replica.close()).isTrue();
        assertThat(replica.close()).isFalse();
        commit(replica, 1, 1);
        replica.readyToLead(1, term -> true);
        replica.ceasedToLead(1);
        replica.fail(new IllegalStateException());
        assertThat(listener.events()).containsExactly("replayed 0");
        assertThat(wishes).isEmpty();
    }

    @Test
    void stateMayOnlyGoWhereItMay() {
        assertThat(ReplicaState.NEW.to(ReplicaState.REPLAYING)).isEqualTo(ReplicaState.REPLAYING);
        assertThatThrownBy(() -> ReplicaState.BEHIND.to(ReplicaState.LEADING))
                .isInstanceOf(InvariantViolation.class);
        for (ReplicaState next : ReplicaState.values()) {
            assertThat(ReplicaState.CLOSED.leadsTo(next)).isFalse();
            assertThat(next.leadsTo(ReplicaState.CLOSED)).isEqualTo(next != ReplicaState.CLOSED);
        }
    }

    @Test
    void checkpointsThatAreTooManyGetSparseButStayInOrder() {
        Checkpoints checkpoints = new Checkpoints();
        int count = 5 * Checkpoints.CHECKPOINTS_MAX;
        for (long index = 1; index <= count; index++) {
            checkpoints.add(
                    new SnapshotMark(new LogPosition(1, index), TermIndex.valueOf(1, 2 * index)));
        }
        SnapshotMark found = checkpoints.takeThrough(new LogPosition(1, 10_000));
        assertThat(found).isNotNull();
        assertThat(found.position().index()).isBetween(9_985L, 10_000L);
        assertThat(found.record().getIndex()).isEqualTo(2 * found.position().index());
        assertThat(checkpoints.takeThrough(new LogPosition(1, 5_000))).isNull();
    }
}
