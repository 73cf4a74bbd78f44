package io.faraddb.engine.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotMarksTest {

    @TempDir Path directory = Path.of("");

    private static SnapshotMark mark(long index, long recordIndex) {
        return new SnapshotMark(new LogPosition(2, index), TermIndex.valueOf(2, recordIndex));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void newestMarkIsThereAfterARestartAndOlderOnesAreGone() throws IOException {
        SnapshotMarks marks = new SnapshotMarks(directory);
        assertThat(marks.latest()).isNull();
        assertThat(marks.getLatestSnapshot()).isNull();
        marks.write(mark(10, 12));
        marks.write(mark(20, 25));
        marks.write(mark(15, 18));

        assertThat(files()).containsExactly("mark-2-25");
        SnapshotMarks again = new SnapshotMarks(directory);
        assertThat(again.latest()).isEqualTo(mark(20, 25));
        SnapshotInfo info = again.getLatestSnapshot();
        assertThat(info).isNotNull();
        assertThat(info.getTermIndex()).isEqualTo(TermIndex.valueOf(2, 25));
        assertThat(info.getFiles()).hasSize(1);
        assertThat(info.getFiles().getFirst().getFileSize()).isEqualTo(SnapshotMark.BYTES);
    }

    @Test
    void markThatWasNotWrittenToTheEndIsNotSeen() throws IOException {
        new SnapshotMarks(directory).write(mark(10, 12));
        Files.write(directory.resolve("new-mark"), new byte[7]);
        SnapshotMarks again = new SnapshotMarks(directory);
        assertThat(again.latest()).isEqualTo(mark(10, 12));
        again.write(mark(11, 13));
        assertThat(files()).containsExactly("mark-2-13");
    }

    @Test
    void whatIsNoMarkIsRefused() throws IOException {
        SnapshotMarks marks = new SnapshotMarks(directory);
        marks.write(mark(10, 12));
        byte[] good = Files.readAllBytes(directory.resolve("mark-2-12"));
        byte[] flipped = good.clone();
        flipped[25] ^= 1;
        for (byte[] bad : List.of(new byte[0], new byte[47], flipped, new byte[49])) {
            Files.write(directory.resolve("mark-2-12"), bad);
            assertRefused();
        }
        Files.write(directory.resolve("mark-2-12"), good);
        Files.write(directory.resolve("mark-2-13"), good);
        assertRefused();
    }

    private void assertRefused() {
        assertThatThrownBy(() -> new SnapshotMarks(directory))
                .isInstanceOf(SqlException.class)
                .extracting(e -> ((SqlException) e).code())
                .isEqualTo(ErrorCode.DATA_CORRUPTED);
    }

    /** Ratis puts a directory with the leader's mark in the place of this one. */
    @Test
    void markOfTheLeaderIsTakenOver() throws IOException {
        SnapshotMarks marks = new SnapshotMarks(directory);
        marks.write(mark(10, 12));
        byte[] shipped = mark(30, 40).encode();
        Files.delete(directory.resolve("mark-2-12"));
        Files.write(directory.resolve("mark-2-40"), shipped);
        Files.writeString(directory.resolve("mark-2-40.md5"), "not a mark");
        marks.adopt();
        assertThat(marks.latest()).isEqualTo(mark(30, 40));

        Files.write(directory.resolve("mark-2-41"), new byte[0]);
        assertThatThrownBy(marks::adopt).isInstanceOf(SqlException.class);
    }
}
