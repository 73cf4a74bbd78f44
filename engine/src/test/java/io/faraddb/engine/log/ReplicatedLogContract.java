package io.faraddb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What holds for the logs of a partition that has several replicas. */
public abstract class ReplicatedLogContract {

    /** Replicas of the group. */
    protected abstract int size();

    /** A replica's log, which is started; the listener is given by {@link #listener}. */
    protected abstract PartitionLog log(int replica) throws Exception;

    protected abstract RecordingListener listener(int replica);

    /** Another replica becomes the leader, and this one does not know. */
    protected abstract void depose(int leader) throws Exception;

    /** Whoever does not know who leads is told. */
    protected abstract void reconcile() throws Exception;

    protected abstract void await(BooleanSupplier condition) throws Exception;

    private int awaitLeaderOtherThan(int deposed) throws Exception {
        await(() -> leaderOtherThan(deposed) >= 0);
        return leaderOtherThan(deposed);
    }

    private int leaderOtherThan(int deposed) {
        for (int replica = 0; replica < size(); replica++) {
            if (replica != deposed && listener(replica).leads()) {
                return replica;
            }
        }
        return -1;
    }

    private CompletableFuture<LogPosition> append(int replica, long index) throws Exception {
        RecordingListener to = listener(replica);
        return log(replica).append(new LogPosition(to.term(), index), entry(to.term(), index));
    }

    private static byte[] entry(long term, long index) {
        return new byte[] {(byte) term, (byte) index};
    }

    private void appendThrough(int replica, long from, long through) throws Exception {
        for (long index = from; index <= through; index++) {
            CompletableFuture<LogPosition> append = append(replica, index);
            await(append::isDone);
            append.join();
        }
    }

    private static ErrorCode codeOf(CompletableFuture<?> future) {
        return ((SqlException) future.exceptionNow()).code();
    }

    private void assertAllEqual(long last) throws Exception {
        await(() -> {
            boolean all = true;
            for (int replica = 0; replica < size(); replica++) {
                all &= listener(replica).last().index() == last;
            }
            return all;
        });
        List<byte[]> truth = listener(0).entries();
        for (int replica = 0; replica < size(); replica++) {
            RecordingListener heard = listener(replica);
            assertThat(heard.indexes()).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
            assertThat(heard.positions()).isEqualTo(listener(0).positions());
            for (int i = 0; i < truth.size(); i++) {
                assertThat(Arrays.equals(heard.entries().get(i), truth.get(i))).isTrue();
            }
        }
    }

    @Test
    void followersHearWhatTheLeaderAppends() throws Exception {
        int leader = awaitLeaderOtherThan(-1);
        appendThrough(leader, 1, 20);
        assertAllEqual(20);
        for (int replica = 0; replica < size(); replica++) {
            assertThat(listener(replica).leads()).isEqualTo(replica == leader);
        }
    }

    @Test
    void followerTakesNoAppendsAndPassesNoBarrier() throws Exception {
        int leader = awaitLeaderOtherThan(-1);
        appendThrough(leader, 1, 1);
        int follower = (leader + 1) % size();
        CompletableFuture<LogPosition> append =
                log(follower).append(new LogPosition(listener(leader).term(), 2), new byte[1]);
        CompletableFuture<Void> barrier = log(follower).readBarrier();
        await(() -> append.isDone() && barrier.isDone());
        assertThat(codeOf(append)).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        assertThat(codeOf(barrier)).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        appendThrough(leader, 2, 2);
        assertAllEqual(2);
    }

    @Test
    void newLeaderHearsAllOfEarlierTermsBeforeItLeads() throws Exception {
        int first = awaitLeaderOtherThan(-1);
        appendThrough(first, 1, 10);
        depose(first);
        int second = awaitLeaderOtherThan(first);
        List<String> events = listener(second).events();
        assertThat(events.subList(0, events.indexOf("leads"))).contains("committed 10");
        assertThat(listener(second).term()).isGreaterThan(listener(first).term());
        appendThrough(second, 11, 12);
        reconcile();
        assertAllEqual(12);
    }

    /** Its pending appends are settled before it is told, and what is settled tells the truth. */
    @Test
    void deposedLeadersAppendsAreUnknownAndSettledFirst() throws Exception {
        int first = awaitLeaderOtherThan(-1);
        appendThrough(first, 1, 3);
        RecordingListener deposed = listener(first);
        long term = deposed.term();
        depose(first);
        List<CompletableFuture<LogPosition>> lost = new ArrayList<>();
        for (long index = 4; index <= 6; index++) {
            CompletableFuture<LogPosition> append = append(first, index);
            lost.add(append.whenComplete((position, failure) -> deposed.note("settled")));
        }
        int second = awaitLeaderOtherThan(first);
        appendThrough(second, listener(second).last().index() + 1, 8);
        reconcile();
        await(() -> !deposed.leads() && lost.stream().allMatch(CompletableFuture::isDone));
        assertAllEqual(8);

        List<String> events = deposed.events();
        assertThat(
                        events.subList(0, events.indexOf("leads no more")).stream()
                                .filter("settled"::equals))
                .hasSize(3);
        for (int i = 0; i < lost.size(); i++) {
            boolean there = Arrays.equals(deposed.entries().get(3 + i), entry(term, 4 + i));
            if (lost.get(i).isCompletedExceptionally()) {
                assertThat(codeOf(lost.get(i)))
                        .isIn(
                                ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN,
                                ErrorCode.CANNOT_CONNECT_NOW);
                assertThat(there && codeOf(lost.get(i)) == ErrorCode.CANNOT_CONNECT_NOW)
                        .as("an append that was refused for certain is there")
                        .isFalse();
            } else {
                assertThat(there).isTrue();
            }
        }
    }

    @Test
    void deposedLeaderPassesNoBarrierThoughItDoesNotKnow() throws Exception {
        int first = awaitLeaderOtherThan(-1);
        appendThrough(first, 1, 3);
        CompletableFuture<Void> before = log(first).readBarrier();
        await(before::isDone);
        before.join();
        depose(first);
        int second = awaitLeaderOtherThan(first);
        appendThrough(second, 4, 4);

        CompletableFuture<Void> stale = log(first).readBarrier();
        CompletableFuture<Void> fresh = log(second).readBarrier();
        await(() -> stale.isDone() && fresh.isDone());
        assertThat(fresh).isCompleted();
        assertThat(codeOf(stale)).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        reconcile();
        assertAllEqual(4);
    }
}
