package io.faraddb.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFullException;
import io.faraddb.engine.disk.SimDisk;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.time.SystemTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the local log does when the disk or the machine fails. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LocalLogFaultTest {

    private static final int SEGMENT_BYTES = 16 << 10;

    private SimDisk disk = new SimDisk();
    private @Nullable LocalLogStore store;

    private LocalLogStore open() {
        return open(LocalLogSettings.DEFAULT.withSegmentBytes(SEGMENT_BYTES));
    }

    private LocalLogStore open(LocalLogSettings settings) {
        close();
        LocalLogStore opened = LocalLogStore.open(disk.mount(), settings, SystemTime.INSTANCE);
        store = opened;
        return opened;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }

    private static RecordingListener lead(PartitionLog log, LogPosition after) throws Exception {
        RecordingListener listener = new RecordingListener();
        log.start(after, listener);
        Waiting.until(listener, () -> listener.leads() || listener.failure() != null);
        return listener;
    }

    private static List<Long> range(long from, long through) {
        return LongStream.rangeClosed(from, through).boxed().toList();
    }

    private static byte[] entry(long index) {
        return ("the entry with number " + index).getBytes(StandardCharsets.UTF_8);
    }

    private static LogPosition at(long index) {
        return new LogPosition(LocalLog.TERM, index);
    }

    private static void append(PartitionLog log, long from, long through) {
        for (long index = from; index <= through; index++) {
            log.append(at(index), entry(index)).join();
        }
    }

    /**
     * @return the last one that was taken
     */
    private static long appendUntilRefused(PartitionLog log, long from) {
        long index = from;
        while (log.append(at(index), entry(index)).handle((done, e) -> e == null).join()) {
            index++;
        }
        return index - 1;
    }

    private static ErrorCode codeOf(CompletableFuture<?> append) {
        Throwable failure = append.handle((result, e) -> e).join();
        assertThat(failure).isInstanceOf(SqlException.class);
        return ((SqlException) failure).code();
    }

    private static String segment(int sequence) {
        return "segment-000000000000000" + sequence + ".log";
    }

    /** The disk has no writes or syncs then but those of the writer. */
    private void awaitNextSegment(int sequence) throws InterruptedException {
        Waiting.until(() -> disk.names().contains(segment(sequence)));
    }

    /** Nor syncs, then, but those of the writer. */
    private void leaveNoRoomForAThirdSegment() throws InterruptedException {
        awaitNextSegment(2);
        disk.capacity(disk.used());
    }

    @Test
    void syncsOfTheLogDoNotWaitForTheNextSegment() throws Exception {
        try (LocalLogStore logs =
                open(LocalLogSettings.DEFAULT.withSegmentBytes(5 * Disk.STEP_BYTES))) {
            lead(logs.partition(0), LogPosition.START);
        }
        assertThat(disk.used()).isGreaterThanOrEqualTo(10 * Disk.STEP_BYTES);
        assertThat(disk.syncedBytesMax()).isLessThanOrEqualTo(Disk.STEP_BYTES);
    }

    @Test
    void tornWriteOfTheLastRecordIsCutAtEveryByte() throws Exception {
        int recordBytes = (int) LogRecord.bytesFor(entry(4).length);
        for (int kept = 0; kept <= recordBytes; kept++) {
            disk = new SimDisk();
            PartitionLog log = open().partition(0);
            lead(log, LogPosition.START);
            append(log, 1, 3);
            awaitNextSegment(2);
            disk.crashAtSync(new SimDisk.Crash.KeepingBytes(kept));
            assertThat(codeOf(log.append(at(4), entry(4))))
                    .isEqualTo(ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN);

            int paddingBytes = recordBytes - LogRecord.HEADER_BYTES - entry(4).length;
            long last = kept >= recordBytes - paddingBytes ? 4 : 3;
            for (int run = 0; run < 2; run++) {
                PartitionLog again = open().partition(0);
                RecordingListener listener = lead(again, LogPosition.START);
                assertThat(listener.indexes()).as("%s bytes kept", kept).isEqualTo(range(1, last));
                append(again, last + 1, last + 2);
                last += 2;
            }
        }
    }

    @Test
    void nameOfAFirstSegmentThatOnlyTheCacheKnowsIsMadeDurable() throws Exception {
        disk.crashAtNamesSync(1, new SimDisk.Crash.KeepingAll());
        assertThatThrownBy(this::open).isInstanceOf(SqlException.class);
        // Without room for a second segment, nothing makes its name durable along with the first.
        disk.capacity(disk.used());
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        append(log, 1, 3);

        disk.crash(new SimDisk.Crash.LosingAll());
        disk.repair();
        assertThat(lead(open().partition(0), LogPosition.START).indexes()).isEqualTo(range(1, 3));
    }

    @Test
    void nameOfAPreparedSegmentThatOnlyTheCacheKnowsIsMadeDurable() throws Exception {
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        awaitNextSegment(2);
        disk.crashAtNamesSync(0, new SimDisk.Crash.KeepingAll());
        appendUntilRefused(log, 1);
        assertThat(disk.names()).contains(segment(3));

        PartitionLog again = open().partition(0);
        RecordingListener listener = lead(again, LogPosition.START);
        // Without room for a fourth segment, nothing makes its name durable along with the third.
        disk.capacity(disk.used());
        long last = appendUntilRefused(again, listener.indexes().size() + 1);
        disk.crash(new SimDisk.Crash.LosingAll());
        disk.repair();
        assertThat(lead(open().partition(0), LogPosition.START).indexes())
                .isEqualTo(range(1, last));
    }

    @Test
    void segmentStaysUntilTheNextOneSaysWhereThePartitionsStand() throws Exception {
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        leaveNoRoomForAThirdSegment();
        append(log, 1, 3);
        log.truncateThrough(at(3));

        disk.slowSyncs(Duration.ofMillis(50));
        disk.crashAtSync(1, new SimDisk.Crash.LosingAll());
        assertThat(codeOf(log.append(at(4), forTheNextSegment()))).isEqualTo(ErrorCode.IO_ERROR);
        disk.repair();
        assertThat(lead(open().partition(0), at(3)).leads()).isTrue();
    }

    private static byte[] forTheNextSegment() {
        return new byte[SEGMENT_BYTES - Segment.HEADER_BYTES - 300];
    }

    @Test
    void tornListOfWhereThePartitionsStandIsWrittenAnew() throws Exception {
        LocalLogStore first = open();
        for (int id = 0; id < 3; id++) {
            lead(first.partition(id), LogPosition.START);
            append(first.partition(id), 1, 2);
        }
        leaveNoRoomForAThirdSegment();
        disk.crashAtSync(1, new SimDisk.Crash.KeepingBytes(2 * LogRecord.HEADER_BYTES));
        assertThat(codeOf(first.partition(0).append(at(3), forTheNextSegment())))
                .isEqualTo(ErrorCode.IO_ERROR);
        disk.repair();

        LocalLogStore second = open();
        for (int id = 0; id < 3; id++) {
            assertThat(lead(second.partition(id), LogPosition.START).indexes())
                    .isEqualTo(range(1, 2));
        }
        for (int id = 0; id < 3; id++) {
            append(second.partition(id), 3, 3);
            second.partition(id).truncateThrough(at(2));
        }
        Waiting.until(() -> !disk.names().contains(segment(1)));

        LocalLogStore third = open();
        for (int id = 0; id < 3; id++) {
            assertThat(lead(third.partition(id), at(2)).indexes()).isEqualTo(range(3, 3));
        }
    }

    @Test
    void whatIsBehindATornRecordIsNeverTakenForGood() throws Exception {
        PartitionLog log = open().partition(0);
        RecordingListener listener = lead(log, LogPosition.START);
        append(log, 1, 1);
        awaitNextSegment(2);
        CompletableFuture<LogPosition> third;
        CompletableFuture<LogPosition> fourth;
        // Both are in one batch, of which the first record is lost and the second one is not.
        try (Blocking blocking = new Blocking(log, listener, 2)) {
            third = log.append(at(3), entry(3));
            fourth = log.append(at(4), entry(4));
            disk.crashAtSync(new SimDisk.Crash.KeepingAll());
            blocking.release();
            assertThat(codeOf(third)).isEqualTo(ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN);
            assertThat(codeOf(fourth)).isEqualTo(ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN);
        }
        int recordBytes = (int) LogRecord.bytesFor(entry(1).length);
        disk.flip(segment(1), Segment.HEADER_BYTES + 2 * recordBytes + 50, 1);

        PartitionLog again = open().partition(0);
        assertThat(lead(again, LogPosition.START).indexes()).isEqualTo(range(1, 2));
        again.append(at(3), entry(13)).join();
        RecordingListener last = lead(open().partition(0), LogPosition.START);
        assertThat(last.indexes()).isEqualTo(range(1, 3));
        assertThat(last.entries().get(2)).isEqualTo(entry(13));
    }

    /** Holds the writer in a listener, so that what is appended meanwhile is one batch. */
    private static final class Blocking implements AutoCloseable {
        private final RecordingListener listener;

        Blocking(PartitionLog log, RecordingListener listener, long index) throws Exception {
            this.listener = listener;
            listener.holdAt(index);
            CompletableFuture<LogPosition> held = log.append(at(index), entry(index));
            Waiting.until(listener, () -> listener.indexes().contains(index));
            assertThat(held).isNotCompletedExceptionally();
        }

        void release() {
            listener.holdAt(0);
        }

        @Override
        public void close() {
            release();
        }
    }

    @Test
    void appendsThatWaitShareOneSync() throws Exception {
        PartitionLog log = open().partition(0);
        RecordingListener listener = lead(log, LogPosition.START);
        int before;
        CompletableFuture<?>[] appends = new CompletableFuture<?>[50];
        try (Blocking blocking = new Blocking(log, listener, 1)) {
            before = disk.syncs();
            for (int i = 0; i < appends.length; i++) {
                appends[i] = log.append(at(2 + i), entry(2 + i));
            }
            blocking.release();
            CompletableFuture.allOf(appends).join();
        }
        assertThat(disk.syncs() - before).isEqualTo(1);
    }

    @Test
    void fullQueueRefusesAndGoesOn() throws Exception {
        LocalLogSettings defaults = LocalLogSettings.DEFAULT;
        LocalLogStore store =
                open(
                        new LocalLogSettings(
                                SEGMENT_BYTES,
                                Durability.SYNC,
                                defaults.syncInterval(),
                                2,
                                1 << 20));
        PartitionLog log = store.partition(0);
        RecordingListener listener = lead(log, LogPosition.START);
        try (Blocking blocking = new Blocking(log, listener, 1)) {
            CompletableFuture<LogPosition> second = log.append(at(2), entry(2));
            CompletableFuture<LogPosition> third = log.append(at(3), entry(3));
            assertThat(codeOf(log.append(at(4), entry(4))))
                    .isEqualTo(ErrorCode.INSUFFICIENT_RESOURCES);
            assertThat(store.stats().backpressure()).isEqualTo(1);
            blocking.release();
            CompletableFuture.allOf(second, third).join();
        }
        append(log, 4, 5);
        assertThat(listener.indexes()).isEqualTo(range(1, 5));
    }

    @Test
    void syncFailureEndsTheLogAndLeavesTheOutcomeUnknown() throws Exception {
        PartitionLog log = open().partition(0);
        RecordingListener listener = lead(log, LogPosition.START);
        append(log, 1, 2);
        awaitNextSegment(2);
        disk.failSyncs(1);

        assertThat(codeOf(log.append(at(3), entry(3))))
                .isEqualTo(ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN);
        Waiting.until(listener, () -> listener.failure() != null);
        assertThat(codeOf(log.append(at(4), entry(4)))).isEqualTo(ErrorCode.IO_ERROR);
        assertThat(codeOf(log.readBarrier())).isEqualTo(ErrorCode.IO_ERROR);
        assertThat(listener.indexes()).isEqualTo(range(1, 2));
    }

    @Test
    void entryHandedOutAfterAFailedSyncAndARestartIsDurable() throws Exception {
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        append(log, 1, 2);
        awaitNextSegment(2);
        disk.failSyncs(1);
        codeOf(log.append(at(3), entry(3)));
        disk.crash(new SimDisk.Crash.KeepingAll());

        PartitionLog again = open().partition(0);
        RecordingListener listener = lead(again, LogPosition.START);
        assertThat(listener.indexes()).isEqualTo(range(1, 3));
        disk.crash(new SimDisk.Crash.LosingAll());

        RecordingListener last = lead(open().partition(0), LogPosition.START);
        assertThat(last.indexes()).isEqualTo(range(1, 3));
    }

    @Test
    void fullDiskRefusesUntilThereIsRoom() throws Exception {
        LocalLogStore store = open();
        PartitionLog log = store.partition(0);
        RecordingListener listener = lead(log, LogPosition.START);
        append(log, 1, 1);
        disk.capacity(disk.used() + SEGMENT_BYTES);
        byte[] large = new byte[3000];
        long index = 2;
        CompletableFuture<LogPosition> append = log.append(at(index), large);
        while (!append.handle((position, e) -> e != null).join()) {
            index++;
            append = log.append(at(index), large);
        }
        assertThat(codeOf(append)).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(codeOf(log.append(at(index + 1), large))).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(codeOf(log.append(at(index), large))).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(store.stats().diskFull()).isTrue();

        disk.capacity(Long.MAX_VALUE);
        append(log, index, index + 20);
        assertThat(store.stats().diskFull()).isFalse();
        assertThat(listener.indexes()).isEqualTo(range(1, index + 20));
        RecordingListener again = lead(open().partition(0), LogPosition.START);
        assertThat(again.indexes()).isEqualTo(range(1, index + 20));
    }

    @Test
    void decisionsHaveRoomWhereNothingElseHas() throws Exception {
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        leaveNoRoomForAThirdSegment();
        long last = appendUntilRefused(log, 1);
        assertThat(log.appendDecision(at(last + 1), entry(1)).join()).isEqualTo(at(last + 1));
        assertThat(log.appendDecision(at(last + 2), entry(2)).join()).isEqualTo(at(last + 2));

        disk.capacity(Long.MAX_VALUE);
        append(log, last + 3, last + 4);
        assertThat(lead(open().partition(0), LogPosition.START).indexes())
                .isEqualTo(range(1, last + 4));
    }

    @Test
    void entryThatWasHalfWrittenToAFullDiskIsNotReplayed() throws Exception {
        for (int written : new int[] {0, 1, 40, 60, 71, 72, 100, 150}) {
            disk = new SimDisk();
            PartitionLog log = open().partition(0);
            RecordingListener listener = lead(log, LogPosition.START);
            append(log, 1, 2);
            awaitNextSegment(2);
            CompletableFuture<LogPosition> third;
            CompletableFuture<LogPosition> fourth;
            try (Blocking blocking = new Blocking(log, listener, 3)) {
                third = log.append(at(4), entry(4));
                fourth = log.append(at(5), entry(5));
                disk.failWriteAfter(written, new DiskFullException("copies on write"));
                blocking.release();
                assertThat(codeOf(third)).isEqualTo(ErrorCode.DISK_FULL);
                assertThat(codeOf(fourth)).isEqualTo(ErrorCode.DISK_FULL);
            }
            assertThat(listener.failure()).isNull();
            SimDisk crashed = disk.copy();
            log.append(at(4), entry(14)).join();
            assertThat(listener.entries().get(3)).isEqualTo(entry(14));

            disk = crashed;
            RecordingListener again = lead(open().partition(0), LogPosition.START);
            assertThat(again.indexes()).isEqualTo(range(1, 3));
        }
    }

    @Test
    void logThatFindsNoRoomToBeginSaysSo() {
        disk.capacity(1000);
        assertThatThrownBy(this::open)
                .isInstanceOf(SqlException.class)
                .hasMessageContaining("no room for the log")
                .extracting(e -> ((SqlException) e).code())
                .isEqualTo(ErrorCode.DISK_FULL);
        disk.capacity(Long.MAX_VALUE);
        open();
    }

    @Test
    void damageBeforeGoodRecordsIsRefused() throws Exception {
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        append(log, 1, 20);
        disk.crash(new SimDisk.Crash.KeepingAll());
        disk.flip(segment(1), Segment.HEADER_BYTES + 3 * 72 + 50, 4);

        assertThatThrownBy(this::open)
                .isInstanceOf(SqlException.class)
                .hasMessageContaining(segment(1))
                .hasMessageContaining("byte " + (Segment.HEADER_BYTES + 3 * 72))
                .extracting(e -> ((SqlException) e).code())
                .isEqualTo(ErrorCode.DATA_CORRUPTED);
    }

    @Test
    void flippedBitNeverChangesWhatIsReplayed() throws Exception {
        long seed = Long.getLong("farad.seed", 20261124);
        Random random = new Random(seed);
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        append(log, 1, 400);
        SimDisk crashed = disk.copy();
        close();
        SimDisk closed = disk;
        int refusals = 0;
        for (int i = 0; i < 400; i++) {
            boolean orderly = random.nextBoolean();
            disk = orderly ? closed.copy() : crashed.copy();
            List<String> names = disk.names().stream().sorted().toList();
            String name = names.get(random.nextInt(names.size()));
            int position = random.nextInt(SEGMENT_BYTES);
            disk.flip(name, position, 1 << random.nextInt(8));
            String story = "seed " + seed + ": " + name + " at " + position + " orderly " + orderly;
            try {
                RecordingListener listener = lead(open().partition(0), LogPosition.START);
                long least = orderly ? 400 : 399;
                assertThat(listener.indexes().size()).as(story).isBetween((int) least, 400);
                for (int entry = 0; entry < listener.count(); entry++) {
                    assertThat(listener.entries().get(entry)).as(story).isEqualTo(entry(entry + 1));
                }
            } catch (SqlException e) {
                assertThat(e.code()).as(story).isEqualTo(ErrorCode.DATA_CORRUPTED);
                refusals++;
            }
        }
        assertThat(refusals).isPositive();
    }

    @Test
    void missingSegmentIsRefused() throws Exception {
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        append(log, 1, 600);
        close();
        long segments = disk.names().stream().filter(n -> Segment.sequenceOf(n) > 0).count();
        assertThat(segments).isGreaterThan(4);
        SimDisk whole = disk;
        for (int missing = 2; missing < segments; missing++) {
            disk = whole.copy();
            disk.mount().delete(segment(missing));
            assertThatThrownBy(this::open)
                    .hasMessageContaining(segment(missing))
                    .hasMessageContaining("missing")
                    .extracting(e -> ((SqlException) e).code())
                    .isEqualTo(ErrorCode.DATA_CORRUPTED);
        }
        disk = whole.copy();
        disk.mount().delete(segment(1));
        PartitionLog beheaded = open().partition(0);
        assertThatThrownBy(() -> beheaded.start(LogPosition.START, new RecordingListener()))
                .hasMessageContaining("begins after entry")
                .extracting(e -> ((SqlException) e).code())
                .isEqualTo(ErrorCode.DATA_CORRUPTED);
    }

    @Test
    void fileThatWasCutShortIsRefused() throws Exception {
        open();
        close();
        disk.mount().delete(segment(1));
        disk.mount().create(segment(1)).close();
        assertThatThrownBy(this::open).hasMessageContaining("cut short");
    }

    @Test
    void segmentsThatNobodyNeedsAreUsedAgain() throws Exception {
        LocalLogStore current = open();
        PartitionLog zero = current.partition(0);
        PartitionLog one = current.partition(1);
        lead(zero, LogPosition.START);
        lead(one, LogPosition.START);
        append(one, 1, 3);
        long index = 0;
        for (int round = 0; round < 30; round++) {
            append(zero, index + 1, index + 100);
            index += 100;
            zero.truncateThrough(new LogPosition(1, index - 5));
            one.truncateThrough(new LogPosition(1, round == 20 ? 3 : 0));
        }
        assertThat(current.stats().reclaimedSegments()).isPositive();
        current.close();
        assertThat(disk.names().size()).isLessThan(6);

        LogPosition snapshot = new LogPosition(1, index - 5);
        LocalLogStore again = open();
        RecordingListener listener = lead(again.partition(0), snapshot);
        assertThat(listener.indexes()).isEqualTo(range(index - 4, index));
        RecordingListener other = lead(again.partition(1), new LogPosition(1, 3));
        assertThat(other.indexes()).isEmpty();
        append(again.partition(1), 4, 4);
    }

    @Test
    void snapshotOlderThanTheLogIsRefused() throws Exception {
        LocalLogStore first = open();
        PartitionLog log = first.partition(0);
        lead(log, LogPosition.START);
        append(log, 1, 300);
        log.truncateThrough(new LogPosition(1, 300));
        append(log, 301, 600);
        first.close();

        PartitionLog again = open().partition(0);
        assertThatThrownBy(() -> again.start(LogPosition.START, new RecordingListener()))
                .hasMessageContaining("the snapshot ends at entry 0");
    }

    @Test
    void logGoesOnBehindASnapshotThatIsAheadOfIt() throws Exception {
        PartitionLog log = open().partition(0);
        lead(log, LogPosition.START);
        append(log, 1, 3);

        LogPosition snapshot = new LogPosition(7, 100);
        PartitionLog second = open().partition(0);
        RecordingListener listener = lead(second, snapshot);
        assertThat(listener.replayed()).isEqualTo(snapshot);
        append(second, 101, 102);

        RecordingListener third = lead(open().partition(0), snapshot);
        assertThat(third.indexes()).isEqualTo(range(101, 102));
    }

    @Test
    void forgottenPartitionBeginsAnew() throws Exception {
        LocalLogStore first = open();
        PartitionLog kept = first.partition(0);
        PartitionLog gone = first.partition(1);
        lead(kept, LogPosition.START);
        lead(gone, LogPosition.START);
        append(kept, 1, 5);
        append(gone, 1, 5);
        first.forget(1);
        PartitionLog anew = first.partition(1);
        assertThat(lead(anew, LogPosition.START).indexes()).isEmpty();
        append(anew, 1, 2);

        LocalLogStore second = open();
        assertThat(lead(second.partition(1), LogPosition.START).indexes()).isEqualTo(range(1, 2));
        assertThat(lead(second.partition(0), LogPosition.START).indexes()).isEqualTo(range(1, 5));
    }

    @Test
    void listenerThatThrowsEndsItsPartitionOnly() throws Exception {
        LocalLogStore opened = open();
        PartitionLog good = opened.partition(0);
        PartitionLog bad = opened.partition(1);
        RecordingListener listener = lead(good, LogPosition.START);
        RecordingListener failing = RecordingListener.thatFails();
        bad.start(LogPosition.START, failing);
        Waiting.until(failing, failing::leads);
        bad.append(at(1), entry(1)).join();
        Waiting.until(failing, () -> failing.failure() != null);
        assertThat(codeOf(bad.append(at(2), entry(2)))).isEqualTo(ErrorCode.IO_ERROR);
        append(good, 1, 3);
        assertThat(listener.indexes()).isEqualTo(range(1, 3));
    }

    @Test
    void writeErrorOtherThanAFullDiskFailsTheBatchOnly() throws Exception {
        PartitionLog log = open().partition(0);
        RecordingListener listener = lead(log, LogPosition.START);
        append(log, 1, 2);
        awaitNextSegment(2);
        disk.failWriteAfter(10, new IOException("a cable is loose"));
        assertThat(codeOf(log.append(at(3), entry(3)))).isEqualTo(ErrorCode.IO_ERROR);
        append(log, 3, 4);
        assertThat(listener.indexes()).isEqualTo(range(1, 4));
    }
}
