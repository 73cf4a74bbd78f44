package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.node.TestNode;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.util.PSQLException;

/** COPY and its options at a real node; the answers are PostgreSQL 15's. */
class CopyStatementTest {

    private static TestNode node;

    private Connection connection;
    private CopyManager copy;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        node = TestNode.start(directory);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void connect() throws Exception {
        connection = node.connect();
        copy = connection.unwrap(PGConnection.class).getCopyAPI();
        run("CREATE TABLE t (id int PRIMARY KEY, a text, b text)");
    }

    @AfterEach
    void disconnect() throws Exception {
        run("DROP TABLE t");
        connection.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String out(String sql) throws Exception {
        StringWriter text = new StringWriter();
        copy.copyOut(sql, text);
        return text.toString();
    }

    private String stored() throws Exception {
        return out("COPY (SELECT * FROM t ORDER BY id) TO STDOUT");
    }

    @Test
    void aQueryIsCopiedEachTime() throws Exception {
        run("INSERT INTO t VALUES (1, 'x', NULL)");
        String query = "COPY (SELECT id, a, b FROM t WHERE id < 7) TO STDOUT (NULL '-')";
        for (int i = 0; i < 4; i++) {
            assertThat(out(query)).isEqualTo("1\tx\t-\n");
        }
    }

    @Test
    void columnsAreQuotedOnDemand() throws Exception {
        run("INSERT INTO t VALUES (1, 'x', 'y'), (2, NULL, 'z')");
        assertThat(out("COPY (TABLE t ORDER BY id) TO STDOUT CSV HEADER FORCE QUOTE a, id"))
                .isEqualTo("id,a,b\n\"1\",\"x\",y\n\"2\",,z\n");
        assertThat(out("COPY (TABLE t ORDER BY id) TO STDOUT (FORMAT csv, FORCE_QUOTE *)"))
                .isEqualTo("\"1\",\"x\",\"y\"\n\"2\",,\"z\"\n");
    }

    @Test
    void columnsDecideWhatIsNull() throws Exception {
        copy.copyIn(
                "COPY t FROM STDIN (FORMAT csv, FORCE_NOT_NULL (a), FORCE_NULL (b))",
                new StringReader("1,,\"\"\n2,\"\",\n"));
        assertThat(stored()).isEqualTo("1\t\t\\N\n2\t\t\\N\n");
    }

    @Test
    void aHeaderHasToMatchIfAsked() throws Exception {
        String sql = "COPY t (id, b) FROM STDIN (HEADER match)";
        copy.copyIn(sql, new StringReader("id\tb\n1\tx\n"));
        assertThat(stored()).isEqualTo("1\t\\N\tx\n");
        assertThatThrownBy(() -> copy.copyIn(sql, new StringReader("id\ta\n2\tx\n")))
                .isInstanceOfSatisfying(
                        PSQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P04"))
                .hasMessageContaining(
                        "column name mismatch in header line field 2: got \"a\", expected \"b\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    TO STDOUT (FORMAT text, QUOTE '"')         | 0A000
                    TO STDOUT (ESCAPE 'x')                     | 0A000
                    TO STDOUT (FORCE_QUOTE *)                  | 0A000
                    FROM STDIN (FORMAT csv, FORCE_QUOTE *)     | 0A000
                    TO STDOUT (FORMAT csv, FORCE_NULL (a))     | 0A000
                    FROM STDIN (FORCE_NOT_NULL (a))            | 0A000
                    TO STDOUT (FORMAT csv, FORCE_QUOTE (z))    | 42703
                    TO STDOUT (FORMAT csv, FORCE_QUOTE (b))    | 42P10
                    FROM STDIN (FORMAT csv, FORCE_NULL (b))    | 42P10
                    TO STDOUT (HEADER match)                   | 0A000
                    FROM STDIN (HEADER perhaps)                | 42601
                    FROM STDIN (FORMAT binary, HEADER)         | 0A000
                    FROM STDIN (FORMAT binary, DELIMITER ',')  | 42601
                    FROM STDIN (FORMAT binary, NULL '')        | 42601
                    FROM STDIN (FORMAT xml)                    | 22023
                    FROM STDIN (FORMAT csv, FORMAT text)       | 42601
                    FROM STDIN (NUL 'x')                       | 42601
                    FROM STDIN (DELIMITER 'ab')                | 0A000
                    FROM STDIN (DELIMITER 'a')                 | 22023
                    FROM STDIN (DELIMITER E'\\n')              | 22023
                    FROM STDIN (NULL E'\\n')                   | 22023
                    FROM STDIN (NULL E'x\\ty')                 | 0A000
                    FROM STDIN (FORMAT csv, DELIMITER '"')     | 22023
                    FROM STDIN (FORMAT csv, NULL '"x')         | 0A000
                    """)
    void contradictoryOptionsAreRefused(String options, String state) {
        assertThatThrownBy(() -> run("COPY t (id, a) " + options))
                .isInstanceOfSatisfying(
                        PSQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
    }
}
