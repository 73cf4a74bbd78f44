package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.recovery.RecoveryProgress;
import io.faraddb.engine.recovery.SnapshotRun;
import io.faraddb.engine.recovery.Snapshots;
import io.faraddb.engine.snapshot.SnapshotManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine over logs and snapshots on disk. */
class DurableEngineTest {

    @TempDir Path directory;

    private DurableDatabase open(int partitions) throws IOException {
        return new DurableDatabase(directory, partitions);
    }

    @Test
    void whatWasAcknowledgedIsThereAfterEachRestart() throws IOException {
        for (int round = 1; round <= 3; round++) {
            try (DurableDatabase database = open(2);
                    TestSession session = database.session()) {
                if (round == 1) {
                    session.run("CREATE TABLE t (id int PRIMARY KEY, round int)");
                }
                assertThat(session.run("SELECT count(*), coalesce(max(round), 0) FROM t"))
                        .containsExactly((round - 1) * 1000 + "|" + (round - 1));
                assertThat(
                                session.run(
                                        "INSERT INTO t SELECT g + %d, %d FROM generate_series(1,"
                                                        .formatted(round * 1000, round)
                                                + " 1000) g"))
                        .containsExactly("INSERT 0 1000");
                assertThat(session.run("UPDATE t SET round = " + round))
                        .containsExactly("UPDATE " + round * 1000);
            }
        }
    }

    @Test
    void aTransactionLargerThanAnEntryIsWholeAfterARestart() throws IOException {
        try (DurableDatabase database = open(2);
                TestSession session = database.session()) {
            session.run("CREATE TABLE t (id int PRIMARY KEY, filler text)");
            assertThat(
                            session.run(
                                    "INSERT INTO t SELECT g, repeat('x', 1000) FROM"
                                            + " generate_series(1, 20000) g"))
                    .containsExactly("INSERT 0 20000");
        }
        try (DurableDatabase database = open(2);
                TestSession session = database.session()) {
            assertThat(session.run("SELECT count(*), sum(length(filler)) FROM t"))
                    .containsExactly("20000|20000000");
        }
    }

    private static SnapshotManifest take(DurableDatabase database, String label) {
        return database.engine().snapshotsOnDisk().create(label).done().join();
    }

    /** Everything of one kind each, so that a restart can forget something. */
    private static void fill(TestSession session) {
        session.run("CREATE TABLE t (id int PRIMARY KEY, v text, n numeric DEFAULT 1.5)");
        session.run("CREATE INDEX t_v ON t (v)");
        session.run("CREATE TABLE r (id int PRIMARY KEY, v text) WITH (replicated = true)");
        session.run("CREATE TABLE h (v int)");
        session.run(
                "CREATE PROCEDURE get PARTITION ON TABLE t COLUMN id"
                        + " AS SELECT v FROM t WHERE id = $1");
        session.run("CREATE TABLE gone (id int PRIMARY KEY)");
        session.run("INSERT INTO t SELECT g, 'v' || g % 7 FROM generate_series(1, 500) g");
        session.run("INSERT INTO r VALUES (1, 'one'), (2, 'two')");
        session.run("INSERT INTO h SELECT g FROM generate_series(1, 100) g");
        session.run("INSERT INTO gone VALUES (1)");
    }

    private static void check(TestSession session) {
        assertThat(session.run("SELECT count(*), sum(id), sum(n) FROM t"))
                .containsExactly("500|125250|750.0");
        assertThat(session.run("SELECT count(*) FROM t WHERE v = 'v3'")).containsExactly("72");
        assertThat(session.run("SELECT * FROM r ORDER BY id")).containsExactly("1|one", "2|two");
        assertThat(session.run("SELECT count(*), sum(v) FROM h")).containsExactly("100|5050");
        assertThat(session.run("CALL get(3)")).containsExactly("v3");
    }

    @Test
    void aRestartGoesOnFromTheSnapshotWithTheTailOfTheLog() throws IOException {
        try (DurableDatabase database = open(3);
                TestSession session = database.session()) {
            fill(session);
            SnapshotManifest manifest = take(database, "noon");
            assertThat(manifest.rows()).isEqualTo(500 + 3 * 2 + 100 + 1);
            session.run("ALTER TABLE t ADD COLUMN w int DEFAULT 7");
            session.run("DROP TABLE gone");
            session.run("INSERT INTO t VALUES (1000, 'late', 0, 8)");
            session.run("DELETE FROM t WHERE id = 1000");
        }
        try (DurableDatabase database = open(3);
                TestSession session = database.session()) {
            check(session);
            assertThat(session.run("SELECT sum(w) FROM t")).containsExactly("3500");
            assertThat(session.run("SELECT * FROM gone").getFirst()).startsWith("ERROR 42P01");
            RecoveryProgress progress = database.progress();
            assertThat(progress.phase()).isEqualTo(RecoveryProgress.Phase.DONE);
            assertThat(progress.rowsLoaded()).isEqualTo(progress.rowsToLoad()).isEqualTo(607);
            assertThat(progress.entriesReplayed()).isEqualTo(progress.entriesToReplay());
            // New rows and new tables clash with none that were there.
            assertThat(session.run("INSERT INTO h SELECT g FROM generate_series(1, 100) g"))
                    .containsExactly("INSERT 0 100");
            assertThat(session.run("SELECT count(*) FROM h")).containsExactly("200");
            session.run("CREATE TABLE next (id int PRIMARY KEY)");
            assertThat(session.run("SELECT count(*) FROM next")).containsExactly("0");
        }
    }

    @Test
    void aDamagedSnapshotCostsNothingAsTheOneBeforeAndTheLogAreThere() throws IOException {
        try (DurableDatabase database = open(2);
                TestSession session = database.session()) {
            fill(session);
            take(database, "first");
            session.run("UPDATE t SET v = 'v3' WHERE id = 7");
            take(database, "second");
            session.run("UPDATE t SET v = 'v0' WHERE id = 7");
        }
        damage("snapshot-0000000002-p1.data");
        try (DurableDatabase database = open(2);
                TestSession session = database.session()) {
            check(session);
        }
        damage("snapshot-0000000001-p0.data");
        assertThatThrownBy(() -> open(2))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining("snapshot-0000000002-p1.data")
                .extracting(e -> ((SqlException) e).code())
                .isEqualTo(ErrorCode.DATA_CORRUPTED);
    }

    private void damage(String file) throws IOException {
        Path path = directory.resolve("snapshots").resolve(file);
        byte[] bytes = Files.readAllBytes(path);
        bytes[bytes.length / 2] ^= 1;
        Files.write(path, bytes);
    }

    private long logFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("log"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("segment"))
                    .count();
        }
    }

    private void awaitLogFiles(int atMost) throws IOException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (logFiles() > atMost) {
            assertThat(System.nanoTime()).as("log files are deleted").isLessThan(giveUp);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void theLogForgetsWhatTheTwoNewestSnapshotsHold() throws IOException {
        try (DurableDatabase database = open(2);
                TestSession session = database.session()) {
            session.run("CREATE TABLE t (id int PRIMARY KEY, filler text)");
            for (int round = 0; round < 6; round++) {
                assertThat(
                                session.run(
                                        "INSERT INTO t SELECT g, repeat('x', 1000) FROM"
                                                + " generate_series(1, 10000) g ON CONFLICT (id)"
                                                + " DO UPDATE SET filler = excluded.filler"))
                        .containsExactly("INSERT 0 10000");
                take(database, "");
            }
            // Two rounds of 10 MB, the segment in use, the one prepared, and a part of a third.
            awaitLogFiles(2 * 3 + 3);
        }
        try (DurableDatabase database = open(2);
                TestSession session = database.session()) {
            assertThat(session.run("SELECT count(*) FROM t")).containsExactly("10000");
        }
    }

    @Test
    void snapshotsAreListedVerifiedAndDeletedButForTheTwoNewest() throws IOException {
        try (DurableDatabase database = open(2);
                TestSession session = database.session()) {
            fill(session);
            Snapshots snapshots = database.engine().snapshotsOnDisk();
            take(database, "a");
            take(database, "b");
            SnapshotManifest last = take(database, "c");
            assertThat(snapshots.list())
                    .extracting(SnapshotManifest::label)
                    .containsExactly("a", "b", "c");
            SnapshotRun latest = snapshots.latest();
            assertThat(latest).isNotNull();
            assertThat(latest.state()).isEqualTo(SnapshotRun.State.COMPLETE);
            assertThat(latest.rows()).isEqualTo(latest.rowsTotal()).isEqualTo(last.rows());
            snapshots.verify(1);
            damage("snapshot-0000000001-p0.data");
            assertThatThrownBy(() -> snapshots.verify(1)).isInstanceOf(SqlException.class);
            for (long needed : List.of(2L, 3L)) {
                assertThatThrownBy(() -> snapshots.delete(needed))
                        .extracting(e -> ((SqlException) e).code())
                        .isEqualTo(ErrorCode.OBJECT_IN_USE);
            }
            snapshots.delete(1);
            assertThat(snapshots.list()).hasSize(2);
            assertThatThrownBy(() -> snapshots.find(1))
                    .extracting(e -> ((SqlException) e).code())
                    .isEqualTo(ErrorCode.UNDEFINED_OBJECT);
        }
    }
}
