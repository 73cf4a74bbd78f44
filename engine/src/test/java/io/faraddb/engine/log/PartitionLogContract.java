package io.faraddb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What holds for every log of a partition. */
public abstract class PartitionLogContract {

    /** Opens the log that was closed before, or a new one; one at a time. */
    protected abstract PartitionLog open() throws Exception;

    /** Closes the log so that {@link #open} finds it again. */
    protected abstract void shut(PartitionLog log) throws Exception;

    /** Lets time pass until something holds, and fails when it takes too long. */
    protected abstract void await(RecordingListener listener, BooleanSupplier condition)
            throws Exception;

    protected final PartitionLog lead(PartitionLog log, LogPosition after, RecordingListener to)
            throws Exception {
        log.start(after, to);
        await(to, to::leads);
        return log;
    }

    protected final LogPosition done(RecordingListener to, CompletableFuture<LogPosition> append)
            throws Exception {
        await(to, append::isDone);
        return append.join();
    }

    protected final ErrorCode refused(RecordingListener to, CompletableFuture<?> append)
            throws Exception {
        await(to, append::isDone);
        assertThat(append).isCompletedExceptionally();
        @Nullable Throwable cause = append.exceptionNow();
        assertThat(cause).isInstanceOf(SqlException.class);
        return ((SqlException) cause).code();
    }

    protected static byte[] entry(long index) {
        return ("entry " + index).getBytes(StandardCharsets.UTF_8);
    }

    /** Appends in the term that the listener was told. */
    protected static CompletableFuture<LogPosition> append(
            PartitionLog log, RecordingListener to, long index, byte[] entry) {
        return log.append(new LogPosition(to.term(), index), entry);
    }

    /** Appends some more and waits for the last one. */
    protected final void appendThrough(
            PartitionLog log, RecordingListener to, long from, long through) throws Exception {
        List<CompletableFuture<LogPosition>> appends = new ArrayList<>();
        for (long index = from; index <= through; index++) {
            appends.add(append(log, to, index, entry(index)));
        }
        for (CompletableFuture<LogPosition> append : appends) {
            done(to, append);
        }
        await(to, () -> !to.indexes().isEmpty() && to.indexes().getLast() == through);
    }

    private static List<Long> range(long from, long through) {
        return LongStream.rangeClosed(from, through).boxed().toList();
    }

    @Test
    void newLogHasNothingAndLeads() throws Exception {
        RecordingListener listener = new RecordingListener();
        PartitionLog log = lead(open(), LogPosition.START, listener);

        assertThat(listener.replayed()).isEqualTo(LogPosition.START);
        assertThat(listener.count()).isZero();
        assertThat(listener.term()).isPositive();
        shut(log);
    }

    @Test
    void appendIsHandedOutWithItsPosition() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (PartitionLog log = lead(open(), LogPosition.START, listener)) {
            LogPosition position = done(listener, append(log, listener, 1, entry(1)));

            await(listener, () -> listener.count() == 1);
            assertThat(position).isEqualTo(new LogPosition(listener.term(), 1));
            assertThat(listener.positions()).containsExactly(position);
            assertThat(listener.entries().getFirst()).isEqualTo(entry(1));
        }
    }

    @Test
    void appendsInFlightAreHandedOutInOrder() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (PartitionLog log = lead(open(), LogPosition.START, listener)) {
            appendThrough(log, listener, 1, 200);
            assertThat(listener.indexes()).isEqualTo(range(1, 200));
        }
    }

    @Test
    void entriesMayBeEmptyOrLarge() throws Exception {
        RecordingListener listener = new RecordingListener();
        byte[] large = new byte[300_001];
        new Random(7).nextBytes(large);
        PartitionLog first = lead(open(), LogPosition.START, listener);
        done(listener, append(first, listener, 1, new byte[0]));
        done(listener, append(first, listener, 2, large));
        done(listener, append(first, listener, 3, entry(3)));
        shut(first);

        RecordingListener again = new RecordingListener();
        PartitionLog second = lead(open(), LogPosition.START, again);
        assertThat(again.entries()).hasSize(3);
        assertThat(again.entries().get(0)).isEmpty();
        assertThat(Arrays.equals(again.entries().get(1), large)).isTrue();
        assertThat(again.entries().get(2)).isEqualTo(entry(3));
        shut(second);
    }

    @Test
    void appendThatDoesNotFollowTheLastFails() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (PartitionLog log = lead(open(), LogPosition.START, listener)) {
            appendThrough(log, listener, 1, 2);

            refused(listener, append(log, listener, 4, entry(4)));
            refused(listener, append(log, listener, 2, entry(2)));
            refused(listener, append(log, listener, 0, entry(0)));

            appendThrough(log, listener, 3, 3);
            assertThat(listener.indexes()).isEqualTo(range(1, 3));
        }
    }

    @Test
    void appendsIssuedAfterAFailedOneFailToo() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (PartitionLog log = lead(open(), LogPosition.START, listener)) {
            CompletableFuture<LogPosition> good = append(log, listener, 1, entry(1));
            List<CompletableFuture<LogPosition>> bad =
                    List.of(append(log, listener, 3, entry(3)), append(log, listener, 4, entry(4)));

            done(listener, good);
            for (CompletableFuture<LogPosition> append : bad) {
                refused(listener, append);
            }
            appendThrough(log, listener, 2, 4);
            assertThat(listener.indexes()).isEqualTo(range(1, 4));
        }
    }

    @Test
    void appendOfAnotherTermFailsAndLeavesNoTrace() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (PartitionLog log = lead(open(), LogPosition.START, listener)) {
            appendThrough(log, listener, 1, 2);
            for (long term : List.of(listener.term() - 1, listener.term() + 1)) {
                LogPosition position = new LogPosition(term, 3);
                assertThat(refused(listener, log.append(position, entry(13))))
                        .isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
            }
            appendThrough(log, listener, 3, 3);
            assertThat(listener.indexes()).isEqualTo(range(1, 3));
            assertThat(listener.entries().getLast()).isEqualTo(entry(3));
        }
    }

    @Test
    void entriesOfEarlierRunsComeFirst() throws Exception {
        RecordingListener first = new RecordingListener();
        PartitionLog log = lead(open(), LogPosition.START, first);
        appendThrough(log, first, 1, 10);
        shut(log);

        for (int run = 1; run <= 3; run++) {
            RecordingListener listener = new RecordingListener();
            PartitionLog again = lead(open(), LogPosition.START, listener);
            assertThat(listener.replayedCount()).isEqualTo(10 * run);
            assertThat(listener.indexes()).isEqualTo(range(1, 10L * run));
            assertThat(listener.entries().getFirst()).isEqualTo(entry(1));
            LogPosition replayed = listener.replayed();
            assertThat(replayed).isNotNull();
            assertThat(replayed).isEqualTo(listener.positions().getLast());
            appendThrough(again, listener, 10L * run + 1, 10L * run + 10);
            shut(again);
        }
    }

    @Test
    void onlyEntriesAfterTheSnapshotAreHandedOut() throws Exception {
        RecordingListener first = new RecordingListener();
        PartitionLog log = lead(open(), LogPosition.START, first);
        appendThrough(log, first, 1, 10);
        LogPosition seventh = first.positions().get(6);
        shut(log);

        RecordingListener listener = new RecordingListener();
        try (PartitionLog again = lead(open(), seventh, listener)) {
            assertThat(listener.indexes()).isEqualTo(range(8, 10));
            appendThrough(again, listener, 11, 11);
        }
    }

    @Test
    void logGoesOnAfterASnapshotOfItsEnd() throws Exception {
        RecordingListener first = new RecordingListener();
        PartitionLog log = lead(open(), LogPosition.START, first);
        appendThrough(log, first, 1, 5);
        LogPosition last = first.positions().getLast();
        log.truncateThrough(last);
        shut(log);

        RecordingListener listener = new RecordingListener();
        try (PartitionLog again = lead(open(), last, listener)) {
            assertThat(listener.count()).isZero();
            assertThat(listener.replayed()).isEqualTo(last);
            appendThrough(again, listener, 6, 8);
            assertThat(listener.indexes()).isEqualTo(range(6, 8));
        }
    }

    @Test
    void appendFailsBeforeTheLogLeads() throws Exception {
        try (PartitionLog log = open()) {
            CompletableFuture<LogPosition> early =
                    append(log, new RecordingListener(), 1, entry(1));
            assertThat(refused(new RecordingListener(), early))
                    .isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
            CompletableFuture<Void> barrier = log.readBarrier();
            assertThat(refused(new RecordingListener(), barrier))
                    .isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        }
    }

    @Test
    void closedLogTakesNothing() throws Exception {
        RecordingListener listener = new RecordingListener();
        PartitionLog log = lead(open(), LogPosition.START, listener);
        log.close();
        log.close();

        assertThat(refused(listener, append(log, listener, 1, entry(1))))
                .isEqualTo(ErrorCode.CANNOT_CONNECT_NOW);
        assertThat(listener.count()).isZero();
    }

    @Test
    void readBarrierPassesWhenLeading() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (PartitionLog log = lead(open(), LogPosition.START, listener)) {
            appendThrough(log, listener, 1, 3);
            CompletableFuture<Void> barrier = log.readBarrier();
            await(listener, barrier::isDone);
            barrier.join();
        }
    }

    @Test
    void entryMayHaveTheMostBytesThereCanBe() throws Exception {
        byte[] largest = new byte[PartitionLog.ENTRY_BYTES_MAX];
        new Random(8).nextBytes(largest);
        RecordingListener first = new RecordingListener();
        PartitionLog log = lead(open(), LogPosition.START, first);
        appendThrough(log, first, 1, 1);
        done(first, append(log, first, 2, largest));
        appendThrough(log, first, 3, 3);
        shut(log);

        RecordingListener listener = new RecordingListener();
        PartitionLog again = lead(open(), LogPosition.START, listener);
        assertThat(listener.indexes()).isEqualTo(range(1, 3));
        assertThat(Arrays.equals(listener.entries().get(1), largest)).isTrue();
        appendThrough(again, listener, 4, 4);
        shut(again);
    }

    /** Each thread appends what it finds to be next: one of those who clash gets in. */
    @Test
    void appendsOfManyThreadsAreThereOnceOrNotAtAll() throws Exception {
        RecordingListener listener = new RecordingListener();
        PartitionLog log = lead(open(), LogPosition.START, listener);
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        Set<String> refused = ConcurrentHashMap.newKeySet();
        appendByThreads(log, listener, acknowledged, refused);

        Set<String> found = new HashSet<>();
        listener.entries().forEach(entry -> found.add(new String(entry, StandardCharsets.UTF_8)));
        assertThat(found).isEqualTo(acknowledged).hasSize(listener.count());
        assertThat(refused).doesNotContainAnyElementsOf(found);
        assertThat(listener.indexes()).isEqualTo(range(1, listener.count()));
        shut(log);
        RecordingListener again = new RecordingListener();
        PartitionLog second = lead(open(), LogPosition.START, again);
        assertThat(again.indexes()).isEqualTo(listener.indexes());
        shut(second);
    }

    /** On one thread where the log has no threads of its own. */
    protected void appendByThreads(
            PartitionLog log,
            RecordingListener listener,
            Set<String> acknowledged,
            Set<String> refused)
            throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<CompletableFuture<LogPosition>> appends =
                Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            int own = i;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int n = 0; n < 50; n++) {
                                    appends.add(
                                            appendNext(
                                                    log,
                                                    listener,
                                                    own + "/" + n,
                                                    acknowledged,
                                                    refused));
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        for (CompletableFuture<LogPosition> append : List.copyOf(appends)) {
            await(listener, append::isDone);
        }
        await(listener, () -> listener.count() == acknowledged.size());
    }

    protected static CompletableFuture<LogPosition> appendNext(
            PartitionLog log,
            RecordingListener listener,
            String entry,
            Set<String> acknowledged,
            Set<String> refused) {
        return append(
                        log,
                        listener,
                        listener.last().index() + 1,
                        entry.getBytes(StandardCharsets.UTF_8))
                .handle((position, failure) -> {
                    boolean in = failure == null ? acknowledged.add(entry) : refused.add(entry);
                    assertThat(in).isTrue();
                    return LogPosition.START;
                });
    }

    @Test
    void logBeginsAfterWhatWasTruncatedAndGoesOn() throws Exception {
        RecordingListener first = new RecordingListener();
        PartitionLog log = lead(open(), LogPosition.START, first);
        appendThrough(log, first, 1, 60);
        LogPosition fortieth = first.positions().get(39);
        log.truncateThrough(fortieth);
        log.truncateThrough(first.positions().get(9));
        appendThrough(log, first, 61, 70);
        shut(log);

        for (int run = 0; run < 2; run++) {
            RecordingListener listener = new RecordingListener();
            PartitionLog again = lead(open(), fortieth, listener);
            assertThat(listener.indexes()).isEqualTo(range(41, 70 + run));
            assertThat(listener.entries().getFirst()).isEqualTo(entry(41));
            appendThrough(again, listener, 71 + run, 71 + run);
            shut(again);
        }
    }

    @Test
    void openLogKnowsItsEndBeforeItStarts() throws Exception {
        RecordingListener first = new RecordingListener();
        PartitionLog log = open();
        assertThat(log.endAtOpen().index()).isZero();
        appendThrough(lead(log, LogPosition.START, first), first, 1, 7);
        assertThat(log.endAtOpen().index()).isZero();
        shut(log);

        PartitionLog again = open();
        assertThat(again.endAtOpen()).isEqualTo(first.last());
        again.close();
    }

    @Test
    void entryThatIsTooLargeFails() throws Exception {
        RecordingListener listener = new RecordingListener();
        try (PartitionLog log = lead(open(), LogPosition.START, listener)) {
            byte[] tooLarge = new byte[PartitionLog.ENTRY_BYTES_MAX + 1];
            assertThat(refused(listener, append(log, listener, 1, tooLarge)))
                    .isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED);
            appendThrough(log, listener, 1, 1);
        }
    }
}
