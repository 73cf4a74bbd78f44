package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.RecordingListener;
import io.faraddb.engine.log.Waiting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node that died while it wrote leaves at the end of a log that Ratis wrote. */
class LogTailTest {

    private static final int PARTITION = 0;
    private static final int ENTRIES = 6;

    @TempDir Path directory = Path.of("");

    private @Nullable TestGroup opened;

    private TestGroup group() {
        return Objects.requireNonNull(opened);
    }

    @BeforeEach
    void write() throws Exception {
        opened = new TestGroup(directory, 1, false, TestGroup.SETTINGS);
        start();
        for (long index = 1; index <= ENTRIES; index++) {
            group().startedLog(0, PARTITION)
                    .append(new LogPosition(group().listener(0).term(), index), entry(index))
                    .join();
        }
        group().closeAll();
    }

    private void start() throws Exception {
        group().open(0);
        group().start(0, PARTITION, LogPosition.START);
        RecordingListener listener = group().listener(0);
        Waiting.until(listener, listener::leads);
    }

    @AfterEach
    void close() {
        group().close();
    }

    private static byte[] entry(long index) {
        return ("entry " + index + "!".repeat(300)).getBytes(StandardCharsets.UTF_8);
    }

    private Path openSegment() throws IOException {
        try (Stream<Path> files = Files.walk(group().directoryOf(0))) {
            return files.filter(file -> file.getFileName().toString().startsWith("log_inprogress"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Where the record with an entry begins to differ from all others. */
    private static int placeOf(byte[] file, long index) {
        byte[] sought = ("entry " + index + "!").getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at + sought.length <= file.length; at++) {
            if (Arrays.equals(file, at, at + sought.length, sought, 0, sought.length)) {
                return at;
            }
        }
        throw new AssertionError("no entry " + index);
    }

    private static LogPosition mend(Path segment, LogPosition base) throws IOException {
        return LogTail.mend(Objects.requireNonNull(segment.getParent()), base);
    }

    private void assertEntries(long through) throws Exception {
        start();
        List<Long> expected = LongStream.rangeClosed(1, through).boxed().toList();
        assertThat(group().listener(0).indexes()).isEqualTo(expected);
        group().startedLog(0, PARTITION)
                .append(new LogPosition(group().listener(0).term(), through + 1), entry(99))
                .join();
        assertThat(group().listener(0).entries().getLast()).isEqualTo(entry(99));
    }

    @Test
    void recordThatIsThereInPartIsCutOff() throws Exception {
        Path segment = openSegment();
        byte[] file = Files.readAllBytes(segment);
        int last = placeOf(file, ENTRIES);
        for (int cut : new int[] {last + 200, last, last - 20}) {
            byte[] torn = Arrays.copyOf(file, 1 << 16);
            Arrays.fill(torn, cut, torn.length, (byte) 0);
            Files.write(segment, torn);
            LogPosition end = mend(segment, LogPosition.START);
            assertThat(end.index()).isEqualTo(ENTRIES - 1L);
            assertThat(Files.size(segment)).isLessThan(last);
            assertThat(mend(segment, LogPosition.START)).isEqualTo(end);
        }
        assertEntries(ENTRIES - 1);
    }

    @Test
    void recordWhosePagesCameInAnyOrderIsCutOffToo() throws Exception {
        Path segment = openSegment();
        byte[] file = Files.readAllBytes(segment);
        int last = placeOf(file, ENTRIES);
        int from = last + 50;
        for (int page = 0; page < 2; page++) {
            byte[] torn = file.clone();
            Arrays.fill(torn, from, last + 100, (byte) 0);
            Files.write(segment, torn);
            assertThat(mend(segment, LogPosition.START).index()).isEqualTo(ENTRIES - 1L);
            assertThat(Files.size(segment)).isLessThan(last);
            // Next time the record's own beginning did not make it.
            from = (int) Files.size(segment);
        }
        assertEntries(ENTRIES - 1);
    }

    @Test
    void recordThatWasCommittedIsNeverCutOff() throws Exception {
        Path segment = openSegment();
        byte[] whole = Files.readAllBytes(segment);
        int third = placeOf(whole, 3);
        for (int place : new int[] {third, third - 60}) {
            byte[] file = whole.clone();
            file[place] ^= 1;
            Files.write(segment, file);
            assertThatThrownBy(() -> mend(segment, LogPosition.START))
                    .isInstanceOf(SqlException.class)
                    .hasMessageContaining(segment.toString())
                    .extracting(e -> ((SqlException) e).code())
                    .isEqualTo(ErrorCode.DATA_CORRUPTED);
            assertThat(Files.readAllBytes(segment)).isEqualTo(file);
        }
        group().open(0);
        assertThatThrownBy(() -> group().log(0, PARTITION)).isInstanceOf(SqlException.class);
        Files.write(segment, whole);
        assertThat(group().log(0, PARTITION).endAtOpen().index()).isEqualTo(ENTRIES);
    }

    /** Of what it replays, Ratis forgets nothing before it has closed a segment. */
    @Test
    void closedSegmentAtTheEndIsInUseAgain() throws Exception {
        Path segment = openSegment();
        long last = lastRecordIn(segment);
        assertThat(last).isGreaterThanOrEqualTo(ENTRIES);
        Files.move(segment, segment.resolveSibling("log_0-" + last));
        Path next = segment.resolveSibling("log_inprogress_" + (last + 1));
        Files.write(next, Arrays.copyOf("RaftLog1".getBytes(StandardCharsets.US_ASCII), 1 << 10));
        assertThat(mend(segment, LogPosition.START).index()).isEqualTo(ENTRIES);
        assertThat(segment).exists();
        assertThat(next).doesNotExist();
        assertEntries(ENTRIES);
    }

    /** The name of a closed segment has it; with a wrong one it stays closed. */
    private static long lastRecordIn(Path segment) throws IOException {
        for (long last = 0; last < 100; last++) {
            Path closed = segment.resolveSibling("log_0-" + last);
            Files.move(segment, closed);
            mend(segment, LogPosition.START);
            if (Files.exists(segment)) {
                return last;
            }
            Files.move(closed, segment);
        }
        throw new AssertionError("it is never opened again");
    }

    @Test
    void logWithNothingInItEndsWhereItBegins() throws Exception {
        LogPosition base = new LogPosition(3, 17);
        assertThat(LogTail.mend(directory.resolve("nowhere"), base)).isEqualTo(base);
        assertThat(mend(openSegment(), base)).isEqualTo(base);
    }
}
