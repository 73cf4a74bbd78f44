package io.faraddb.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.console.snapshot.Snapshot;
import io.faraddb.console.snapshot.SnapshotSource;
import io.faraddb.engine.error.SqlException;
import io.faraddb.node.view.SnapshotView;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot takes the place of everything at a start, and nothing is lost that was there. */
@Timeout(120)
class SnapshotRestoreTest {

    @TempDir Path directory = Path.of("");

    private static List<String> run(TestNode node, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    rows.add(result.getString(1));
                }
            }
        }
        return rows;
    }

    private static long snapshot(TestNode node, String label) throws InterruptedException {
        SnapshotSource snapshots = node.bean(SnapshotView.class);
        Snapshot begun = snapshots.create(label);
        while (!snapshots.find(begun.id()).state().equals("complete")) {
            Thread.sleep(10);
        }
        return begun.id();
    }

    /** One row, a snapshot, then other rows, tables and snapshots. */
    private long fill(TestNode node) throws Exception {
        run(node, "CREATE TABLE t (id int PRIMARY KEY, v text)");
        run(node, "INSERT INTO t VALUES (1, 'then')");
        long then = snapshot(node, "");
        run(node, "UPDATE t SET v = 'later'");
        run(node, "INSERT INTO t VALUES (2, 'later')");
        run(node, "CREATE TABLE later (id int PRIMARY KEY)");
        snapshot(node, "a later one");
        run(node, "INSERT INTO later VALUES (1)");
        return then;
    }

    private static HttpResponse<String> send(TestNode node, String method, String path)
            throws IOException {
        return node.send(
                node.request("/api/v1/snapshots/" + path)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    private List<String> setAside() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("set-aside"), 2)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theNextStartHasTheSnapshotAndGoesOnFromIt() throws Exception {
        long then;
        try (TestNode node = TestNode.start(directory)) {
            then = fill(node);
            HttpResponse<String> answer = send(node, "POST", then + "/restore");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"restored\":true");
            // Until the start nothing changes, and what comes meanwhile is set aside, too.
            assertThat(run(node, "SELECT v FROM t WHERE id = 1")).containsExactly("later");
            run(node, "INSERT INTO t VALUES (3, 'meanwhile')");
        }
        try (TestNode node = TestNode.start(directory)) {
            assertThat(run(node, "SELECT v FROM t")).containsExactly("then");
            Assertions.assertThatThrownBy(() -> run(node, "SELECT * FROM later"))
                    .hasMessageContaining("does not exist");
            assertThat(setAside()).contains("snapshots", "wal");
            run(node, "INSERT INTO t VALUES (2, 'again')");
            run(node, "CREATE TABLE later (id int PRIMARY KEY, v text)");
            snapshot(node, "");
            run(node, "INSERT INTO later VALUES (7, 'x')");
        }
        try (TestNode node = TestNode.start(directory)) {
            assertThat(run(node, "SELECT v FROM t ORDER BY id")).containsExactly("then", "again");
            assertThat(run(node, "SELECT v FROM later")).containsExactly("x");
            assertThat(node.bean(SnapshotView.class).list())
                    .extracting(Snapshot::restored)
                    .containsOnly(false);
        }
    }

    @Test
    void aWishIsTakenBack() throws Exception {
        try (TestNode node = TestNode.start(directory)) {
            long then = fill(node);
            assertThat(send(node, "POST", then + "/restore").statusCode()).isEqualTo(200);
            assertThat(send(node, "DELETE", then + "/restore").statusCode()).isEqualTo(204);
            assertThat(node.bean(SnapshotView.class).find(then).restored()).isFalse();
        }
        try (TestNode node = TestNode.start(directory)) {
            assertThat(run(node, "SELECT id FROM later")).containsExactly("1");
            assertThat(directory.resolve("set-aside")).doesNotExist();
        }
    }

    @Test
    void whatIsNotWholeIsNotRestored() throws Exception {
        try (TestNode node = TestNode.start(directory)) {
            long then = fill(node);
            Path data;
            try (Stream<Path> files = Files.list(directory.resolve("snapshots"))) {
                data =
                        files.filter(file -> file.toString().endsWith("p1.data"))
                                .min(Path::compareTo)
                                .orElseThrow();
            }
            byte[] bytes = Files.readAllBytes(data);
            bytes[bytes.length / 2] ^= 1;
            Files.write(data, bytes);
            assertThat(send(node, "POST", then + "/restore").statusCode()).isEqualTo(422);
            assertThat(send(node, "POST", "99/restore").statusCode()).isEqualTo(404);
            assertThat(directory.resolve("restore")).doesNotExist();
        }
    }

    /** As a process leaves it that is killed between the renames of its start. */
    @Test
    void aStartThatWasKilledIsTakenUp() throws Exception {
        try (TestNode node = TestNode.start(directory)) {
            long then = fill(node);
            node.bean(SnapshotView.class).restore(then);
        }
        Path aside = Files.createDirectories(directory.resolve("set-aside").resolve("killed"));
        Files.move(directory.resolve("wal"), aside.resolve("wal"));
        try (TestNode node = TestNode.start(directory)) {
            assertThat(run(node, "SELECT v FROM t")).containsExactly("then");
            run(node, "INSERT INTO t VALUES (2, 'again')");
        }
        try (TestNode node = TestNode.start(directory)) {
            assertThat(run(node, "SELECT count(*) FROM t")).containsExactly("2");
        }
    }

    /** Others that somebody keeps stay, if they are older. */
    @Test
    void keptSnapshotsFromBeforeStay() throws Exception {
        long kept;
        long then;
        try (TestNode node = TestNode.start(directory)) {
            run(node, "CREATE TABLE t (id int PRIMARY KEY, v text)");
            kept = snapshot(node, "kept");
            then = fillMore(node);
            node.bean(SnapshotView.class).restore(then);
        }
        try (TestNode node = TestNode.start(directory)) {
            assertThat(node.bean(SnapshotView.class).list())
                    .extracting(Snapshot::id)
                    .containsExactly(kept, then);
            Assertions.assertThatThrownBy(() -> node.bean(SnapshotView.class).restore(99))
                    .isInstanceOf(SqlException.class);
        }
    }

    private static long fillMore(TestNode node) throws Exception {
        run(node, "INSERT INTO t VALUES (1, 'then')");
        long then = snapshot(node, "");
        snapshot(node, "a later one");
        return then;
    }
}
