package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.node.TestNode;
import io.faraddb.node.pgwire.WireClient.Message;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Results that are larger than what a statement may hold, through the wire. */
class StreamedResultTest {

    private static final int ROWS = 20_000;
    private static final String DIVISION = "SELECT id, 1 / (id - 19999) FROM t";

    private static TestNode node;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        node = TestNode.start(directory, "--farad.limits.statement-memory-max=2MB");
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int PRIMARY KEY, v text NOT NULL)");
            for (int from = 1; from <= ROWS; from += 2_000) {
                statement.execute(
                        "INSERT INTO t SELECT g, repeat('x', 300) FROM generate_series(%d, %d) g"
                                .formatted(from, from + 1_999));
            }
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static WireClient client() throws Exception {
        return WireClient.loggedIn(node.pgPort(), "admin", node.password());
    }

    private static int count(Statement statement, String sql) throws SQLException {
        int count = 0;
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void aDriverReadsAllRows() throws Exception {
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            assertThat(count(statement, "SELECT * FROM t")).isEqualTo(ROWS);
            connection.unwrap(PGConnection.class).setPrepareThreshold(1);
            assertThat(count(statement, "SELECT v, id FROM t")).isEqualTo(ROWS);
        }
    }

    @Test
    void aTextHasRowsAndTheirCount() throws Exception {
        try (WireClient client = client()) {
            List<Message> answer = client.query("SELECT * FROM t").flush().untilReady();
            assertThat(answer.stream().filter(message -> message.type() == 'D')).hasSize(ROWS);
            assertThat(answer.get(ROWS + 1).text()).isEqualTo("SELECT " + ROWS + "\0");
        }
    }

    @Test
    void copyGivesAllRows() throws Exception {
        try (Connection connection = node.connect()) {
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            StringWriter csv = new StringWriter();
            assertThat(copy.copyOut("COPY t TO STDOUT (FORMAT csv, HEADER)", csv)).isEqualTo(ROWS);
            assertThat(csv.toString().lines()).hasSize(ROWS + 1);
            assertThat(
                            copy.copyOut(
                                    "COPY t TO STDOUT (FORMAT binary)",
                                    OutputStream.nullOutputStream()))
                    .isEqualTo(ROWS);
        }
    }

    @Test
    void aPortalGivesAsManyRowsAsAreAskedFor() throws Exception {
        try (WireClient client = client()) {
            client.parse("", "SELECT id FROM t ORDER BY id").bind("", "");
            client.execute("", 1_500).execute("", 1_500).execute("", 0).execute("", 0).sync();
            List<Message> answer = client.flush().untilReady();
            List<Message> ends =
                    answer.stream()
                            .filter(message -> message.type() == 's' || message.type() == 'C')
                            .toList();
            assertThat(ends).extracting(Message::type).containsExactly('s', 's', 'C', 'C');
            assertThat(ends.get(2).text()).isEqualTo("SELECT " + (ROWS - 3_000) + "\0");
            assertThat(answer.stream().filter(message -> message.type() == 'D')).hasSize(ROWS);
        }
    }

    @Test
    void aFailureBehindRowsIsTold() throws Exception {
        try (WireClient client = client()) {
            List<Message> text = client.query(DIVISION).flush().untilReady();
            assertThat(text.get(text.size() - 2).field('C')).isEqualTo("22012");
            assertThat(text).hasSizeGreaterThan(1_000);
            client.parse("", DIVISION).bind("", "").execute("", 0).sync();
            List<Message> extended = client.flush().untilReady();
            assertThat(extended.get(extended.size() - 2).field('C')).isEqualTo("22012");
            assertThat(client.query("SELECT 1").flush().typesUntilReady()).isEqualTo("TDCZI");
        }
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> count(statement, DIVISION))
                    .hasMessageContaining("division by zero");
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            assertThatThrownBy(() ->
                            copy.copyOut(
                                    "COPY (" + DIVISION + ") TO STDOUT",
                                    OutputStream.nullOutputStream()))
                    .hasMessageContaining("division by zero");
            assertThat(count(statement, "SELECT * FROM t WHERE id = 5")).isEqualTo(1);
        }
    }

    @Test
    void aClientThatReadsSlowlyIsServedAndHoldsUpNobody() throws Exception {
        try (WireClient slow = client();
                Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            slow.query("SELECT * FROM t").flush();
            assertThat(count(statement, "SELECT * FROM t")).isEqualTo(ROWS);
            assertThat(statement.executeUpdate("UPDATE t SET v = 'y' WHERE id = 20000"))
                    .isEqualTo(1);
            statement.executeUpdate("UPDATE t SET v = repeat('x', 300) WHERE id = 20000");
            assertThat(slow.untilReady()).hasSize(ROWS + 3);
        }
    }

    @Test
    void whatFollowsInAPipelineIsAnsweredInItsTurn() throws Exception {
        try (WireClient client = client()) {
            client.parse("all", "SELECT id FROM t").parse("one", "SELECT id FROM t WHERE id = 1");
            client.bind("", "all").execute("", 0).sync();
            client.bind("", "one").execute("", 0).sync();
            assertThat(client.flush().untilReady()).hasSize(ROWS + 5);
            assertThat(client.typesUntilReady()).isEqualTo("2DCZI");
        }
    }

    @Test
    void theConsoleTakesWhatItShows() throws Exception {
        HttpRequest request =
                node.request("/api/v1/sql")
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"sql\": \"SELECT id, v FROM t\", \"rowsMax\": 1500}",
                                        StandardCharsets.UTF_8))
                        .build();
        HttpResponse<String> answer = node.send(request);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"tag\":\"SELECT 1500\"");
    }
}
