package io.faraddb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.time.SimTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The simulated log keeps the contract, and its leaders fall as real ones do. */
class SimLogTest {

    private static final Duration DELAY_MAX = Duration.ofMillis(5);

    @Nested
    class Contract extends PartitionLogContract {
        private final SimTime time = new SimTime();
        private final SimLogGroup group = new SimLogGroup(time, new Random(3), 1, DELAY_MAX);

        @Override
        protected PartitionLog open() {
            return group.open(0);
        }

        @Override
        protected void shut(PartitionLog log) {
            log.close();
        }

        @Override
        protected void appendByThreads(
                PartitionLog log,
                RecordingListener listener,
                Set<String> acknowledged,
                Set<String> refused) {
            List<CompletableFuture<LogPosition>> appends = new ArrayList<>();
            for (int n = 0; n < 200; n++) {
                appends.add(appendNext(log, listener, "entry " + n, acknowledged, refused));
                if (n % 3 == 0) {
                    time.step();
                }
            }
            await(listener, () -> appends.stream().allMatch(CompletableFuture::isDone));
        }

        @Override
        protected void await(RecordingListener listener, BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                assertThat(time.step()).as("something is still to come").isTrue();
            }
        }
    }

    @Nested
    class ReplicatedContract extends ReplicatedLogContract {
        private final SimTime time = new SimTime();
        private final SimLogGroup group = new SimLogGroup(time, new Random(6), 3, DELAY_MAX);
        private final List<SimLog> logs = new ArrayList<>();
        private final List<RecordingListener> listeners = new ArrayList<>();

        ReplicatedContract() {
            for (int i = 0; i < 3; i++) {
                logs.add(group.open(i));
                listeners.add(new RecordingListener());
                logs.get(i).start(LogPosition.START, listeners.get(i));
            }
        }

        @Override
        protected int size() {
            return logs.size();
        }

        @Override
        protected PartitionLog log(int replica) {
            return logs.get(replica);
        }

        @Override
        protected RecordingListener listener(int replica) {
            return listeners.get(replica);
        }

        @Override
        protected void depose(int leader) {
            group.elect((leader + 1) % size());
        }

        @Override
        protected void reconcile() {
            time.runUntilIdle();
        }

        @Override
        protected void await(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                assertThat(time.step()).as("something is still to come").isTrue();
            }
        }
    }

    @Test
    void appendToldToFailFailsAndWhatFollowsItToo() {
        SimTime time = new SimTime();
        SimLogGroup group = new SimLogGroup(time, new Random(1), 1, DELAY_MAX);
        RecordingListener listener = new RecordingListener();
        SimLog log = group.open(0);
        log.start(LogPosition.START, listener);
        time.runUntilIdle();
        group.failAppend(2, ErrorCode.DISK_FULL);
        CompletableFuture<LogPosition> first = log.append(new LogPosition(1, 1), new byte[1]);
        CompletableFuture<LogPosition> second = log.append(new LogPosition(1, 2), new byte[2]);
        CompletableFuture<LogPosition> third = log.append(new LogPosition(1, 3), new byte[3]);
        time.runUntilIdle();

        assertThat(first).isCompleted();
        assertThat(codeOf(second)).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(third).isCompletedExceptionally();
        assertThat(listener.indexes()).containsExactly(1L);
    }

    @Test
    void appendOfAnEarlierLeadIsRefusedUnderALaterOne() {
        SimTime time = new SimTime();
        SimLogGroup group = new SimLogGroup(time, new Random(4), 2, DELAY_MAX);
        RecordingListener listener = new RecordingListener();
        SimLog log = group.open(0);
        log.start(LogPosition.START, listener);
        SimLog other = group.open(1);
        other.start(LogPosition.START, new RecordingListener());
        time.runUntilIdle();
        assertThat(listener.leads()).isTrue();
        long firstTerm = listener.term();
        group.elect(1);
        group.elect(0);
        time.runUntilIdle();
        assertThat(listener.leads()).isTrue();
        assertThat(listener.term()).isGreaterThan(firstTerm);

        CompletableFuture<LogPosition> stale =
                log.append(new LogPosition(firstTerm, 1), new byte[1]);
        CompletableFuture<LogPosition> fresh =
                log.append(new LogPosition(listener.term(), 1), new byte[2]);
        time.runUntilIdle();
        assertThat(codeOf(stale)).isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        assertThat(fresh).isCompleted();
        assertThat(listener.entries()).hasSize(1);
        assertThat(listener.entries().getFirst()).hasSize(2);
    }

    private static ErrorCode codeOf(CompletableFuture<?> future) {
        return ((SqlException) future.exceptionNow()).code();
    }

    @Test
    void replicasAgreeWhateverTheLeadersDo() {
        for (long seed = 1; seed <= 300; seed++) {
            try {
                List<String> trace = run(seed);
                assertThat(run(seed)).isEqualTo(trace);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static List<String> run(long seed) {
        Random random = new Random(seed);
        SimTime time = new SimTime();
        SimLogGroup group = new SimLogGroup(time, random, 3, DELAY_MAX);
        List<SimLog> logs = new ArrayList<>();
        List<RecordingListener> listeners = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            logs.add(group.open(i));
            listeners.add(new RecordingListener());
            logs.get(i).start(LogPosition.START, listeners.get(i));
        }
        List<CompletableFuture<LogPosition>> appends = new ArrayList<>();
        List<byte[]> sent = new ArrayList<>();
        for (int step = 0; step < 100; step++) {
            int at = random.nextInt(3);
            if (random.nextInt(10) == 0) {
                group.elect(at);
            } else if (listeners.get(at).leads()) {
                byte[] entry = new byte[8];
                random.nextBytes(entry);
                sent.add(entry);
                long next = listeners.get(at).count() + 1L + random.nextInt(2);
                LogPosition position = new LogPosition(listeners.get(at).term(), next);
                appends.add(logs.get(at).append(position, entry));
            }
            time.advance(Duration.ofNanos(random.nextLong(DELAY_MAX.toNanos())));
        }
        time.runUntilIdle();
        List<byte[]> truth = listeners.getFirst().entries();
        for (RecordingListener listener : listeners) {
            assertThat(listener.count()).isEqualTo(group.committedCount());
            for (int i = 0; i < truth.size(); i++) {
                assertThat(Arrays.equals(listener.entries().get(i), truth.get(i))).isTrue();
            }
        }
        for (int i = 0; i < appends.size(); i++) {
            byte[] entry = sent.get(i);
            boolean there = truth.stream().anyMatch(found -> Arrays.equals(found, entry));
            CompletableFuture<LogPosition> append = appends.get(i);
            assertThat(append).isDone();
            if (!append.isCompletedExceptionally()) {
                byte[] found = truth.get((int) append.join().index() - 1);
                assertThat(Arrays.equals(found, entry)).isTrue();
            } else if (there) {
                assertThat(codeOf(append)).isEqualTo(ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN);
            }
        }
        return listeners.stream().map(listener -> listener.positions().toString()).toList();
    }
}
