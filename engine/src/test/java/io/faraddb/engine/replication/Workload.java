package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.log.RecordingListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Appends to whoever leads, two at a time as a site does, and keeps account of what it hears. */
final class Workload implements AutoCloseable {

    private static final int LARGE_BYTES = 2_500_000;
    private static final long OUTCOME_SECONDS_MAX = 30;

    private final TestGroup group;
    private final int partition;
    private final Random random;
    private final Map<Long, byte[]> acknowledged = new ConcurrentHashMap<>();
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();
    private final Set<Long> unknown = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable Throwable defect;
    private long number;

    Workload(TestGroup group, int partition, long seed) {
        this.group = group;
        this.partition = partition;
        this.random = new Random(seed);
        this.thread = Thread.ofPlatform().daemon().name("workload").start(this::run);
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    private void run() {
        try {
            while (!stopped) {
                int leader = group.leader();
                if (leader < 0) {
                    group.listener(0).awaitNews(2);
                } else {
                    appendTo(leader);
                }
            }
        } catch (Throwable e) {
            defect = e;
        }
    }

    private void appendTo(int leader) throws Exception {
        PartitionLog log = group.startedLog(leader, partition);
        RecordingListener listener = group.listener(leader);
        long term = listener.term();
        long next = listener.last().index() + 1;
        List<byte[]> entries = List.of(entry(), entry());
        List<CompletableFuture<LogPosition>> appends = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            appends.add(log.append(new LogPosition(term, next + i), entries.get(i)));
        }
        for (int i = 0; i < entries.size(); i++) {
            account(appends.get(i), entries.get(i));
        }
    }

    /** Begins with a number that no other entry has. */
    private byte[] entry() {
        int length = random.nextInt(50) == 0 ? LARGE_BYTES : 8 + random.nextInt(3000);
        byte[] entry = new byte[length];
        random.nextBytes(entry);
        ByteBuffer.wrap(entry).putLong(0, ++number);
        return entry;
    }

    private static long numberOf(byte[] entry) {
        return ByteBuffer.wrap(entry).getLong(0);
    }

    private void account(CompletableFuture<LogPosition> append, byte[] entry) throws Exception {
        try {
            LogPosition position = append.get(OUTCOME_SECONDS_MAX, TimeUnit.SECONDS);
            byte[] before = acknowledged.put(position.index(), entry);
            assertThat(before).as("two entries at %s", position).isNull();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(SqlException.class);
            ErrorCode code = ((SqlException) Objects.requireNonNull(e.getCause())).code();
            boolean maybe = code == ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN;
            (maybe ? unknown : refused).add(numberOf(entry));
        }
    }

    /** Nothing acknowledged is lost, nothing refused is there, and all members have the same. */
    void verify() throws InterruptedException {
        stop();
        Throwable cause = defect;
        if (cause != null) {
            throw new AssertionError("the workload has failed", cause);
        }
        List<byte[]> truth = group.listener(0).entries();
        Set<Long> found = new HashSet<>();
        for (byte[] entry : truth) {
            assertThat(found.add(numberOf(entry))).as("an entry is there once").isTrue();
        }
        assertThat(refused).as("refused entries").doesNotContainAnyElementsOf(found);
        acknowledged.forEach((index, entry) -> {
            assertThat(index).as("an acknowledged entry").isLessThanOrEqualTo(truth.size());
            assertThat(Arrays.equals(truth.get((int) (index - 1)), entry))
                    .as("acknowledged entry %d", index)
                    .isTrue();
        });
        for (byte[] entry : truth) {
            assertThat(acknowledged.containsValue(entry) || isKnown(entry)).isTrue();
        }
        for (int member = 1; member < group.size(); member++) {
            RecordingListener other = group.listener(member);
            assertThat(other.positions()).isEqualTo(group.listener(0).positions());
            for (int i = 0; i < truth.size(); i++) {
                assertThat(Arrays.equals(other.entries().get(i), truth.get(i))).isTrue();
            }
        }
    }

    private boolean isKnown(byte[] entry) {
        return unknown.contains(numberOf(entry))
                || acknowledged.values().stream().anyMatch(known -> Arrays.equals(known, entry));
    }

    /** Appends no more. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join(TimeUnit.SECONDS.toMillis(2 * OUTCOME_SECONDS_MAX));
        assertThat(thread.isAlive()).as("every append has an outcome").isFalse();
    }

    @Override
    public void close() {
        stopped = true;
    }
}
