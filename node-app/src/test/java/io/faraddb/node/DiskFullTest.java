package io.faraddb.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** A node whose disk fills up: refuses writes, loses nothing, goes on when there is room. */
class DiskFullTest {

    private static final long ROOM = 3 << 20;
    private static final int LOADED_AT_ONCE = 5_000;

    /** More than any disk has: room for a segment never shows up by itself. */
    private static final String LARGE_SEGMENTS = "--farad.log.segment-size=4000TB";

    @TempDir Path dataDir;

    @Test
    void refusesWritesUntilThereIsRoom() throws Exception {
        long acknowledged;
        SmallDisk disk = new SmallDisk(dataDir, ROOM);
        try (TestNode node = TestNode.start(dataDir, disk, LARGE_SEGMENTS);
                Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            assertFull(node, false);
            statement.execute("create table event (id bigint primary key, text text)");
            acknowledged = loadUntilFull(connection);
            assertThat(count(statement)).isEqualTo(acknowledged);
            fillWhatIsLeft(statement, acknowledged);
            acknowledged = count(statement);
            assertReadable(statement, acknowledged);
            assertFull(node, true);
            assertSnapshotFailsWithReason(node);

            disk.room(Long.MAX_VALUE);
            assertThat(load(connection, acknowledged)).isEqualTo(LOADED_AT_ONCE);
            acknowledged += LOADED_AT_ONCE;
            assertThat(count(statement)).isEqualTo(acknowledged);
            assertFull(node, false);
        }
        try (TestNode node = TestNode.start(dataDir, disk);
                Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            assertReadable(statement, acknowledged);
        }
    }

    /** Whoever watches is told; clients that read are served. */
    private static void assertFull(TestNode node, boolean full) throws IOException {
        assertThat(node.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
        assertThat(node.get("/actuator/health/cluster").statusCode()).isEqualTo(full ? 503 : 200);
        assertThat(node.get("/actuator/health/cluster").body()).contains("\"diskFull\":" + full);
        assertThat(node.get("/actuator/prometheus").body())
                .contains(
                        "farad_log_disk_full{cluster=\"farad\",node=\"n1\"} "
                                + (full ? "1.0" : "0.0"));
        assertThat(node.get("/api/v1/log").body()).contains("\"diskFull\":" + full);
        assertThat(node.get("/api/v1/status").body())
                .contains("\"state\":\"" + (full ? "DEGRADED" : "UP") + "\"");
    }

    private static void assertSnapshotFailsWithReason(TestNode node) throws IOException {
        HttpResponse<String> begun = node.post("/api/v1/snapshots", "{}");
        assertThat(begun.statusCode()).isEqualTo(202);
        String address = begun.headers().firstValue("Location").orElseThrow();
        String snapshot = node.get(address).body();
        while (snapshot.contains("\"state\":\"writing\"")) {
            snapshot = node.get(address).body();
        }
        assertThat(snapshot)
                .contains("\"state\":\"failed\"", "snapshot file")
                .containsPattern("\"error\":\"[^\"]*/[^\"]* failed: no space left");
    }

    /** COPY over and over; the one that found no room has left nothing. */
    private static long loadUntilFull(Connection connection) throws Exception {
        long loaded = 0;
        while (true) {
            try {
                loaded += load(connection, loaded);
            } catch (SQLException full) {
                assertThat(full.getSQLState()).isEqualTo("53100");
                assertThat(full.getMessage()).contains("Make room and try again");
                return loaded;
            }
        }
    }

    private static long load(Connection connection, long from) throws Exception {
        String rows =
                IntStream.range(0, LOADED_AT_ONCE)
                        .mapToObj(i -> from + i + "\tevent " + (from + i) + "\n")
                        .collect(Collectors.joining());
        return connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy event from stdin", new StringReader(rows));
    }

    /** Rows for which there still was room in the last file. */
    private static void fillWhatIsLeft(Statement statement, long from) {
        assertThatThrownBy(
                        () -> {
                            for (long id = from; ; id++) {
                                statement.execute(
                                        "insert into event values (%d, 'event %d')"
                                                .formatted(id, id));
                            }
                        })
                .isInstanceOf(SQLException.class)
                .extracting(refused -> ((SQLException) refused).getSQLState())
                .isEqualTo("53100");
    }

    private static long count(Statement statement) throws SQLException {
        return number(statement, "select count(*) from event");
    }

    private static void assertReadable(Statement statement, long rows) throws SQLException {
        assertThat(count(statement)).isEqualTo(rows);
        assertThat(number(statement, "select max(id) from event")).isEqualTo(rows - 1);
        assertThat(number(statement, "select count(*) from event where text = 'event ' || id"))
                .isEqualTo(rows);
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
