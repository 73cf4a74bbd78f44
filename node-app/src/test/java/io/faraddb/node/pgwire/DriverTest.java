package io.faraddb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

/** The protocol as PostgreSQL's JDBC driver speaks it. */
@Timeout(30)
class DriverTest {

    private final FakeEngine engine = new FakeEngine();
    private PgServer server;
    private int port;

    @BeforeEach
    void start() throws Exception {
        server = new PgServer(FakeEngine.config(0, null), engine, null);
        port = server.start();
    }

    @AfterEach
    void stop() {
        server.stop(Duration.ZERO);
        engine.close();
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", FakeEngine.USER);
        properties.setProperty("password", FakeEngine.PASSWORD);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/farad", properties);
    }

    @Test
    void preparedStatementsInTextAndBinary() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement echo = connection.prepareStatement("echo ?, ?, ?, ?")) {
            for (int i = 0; i < 12; i++) {
                echo.setInt(1, i - 6);
                echo.setLong(2, Long.MIN_VALUE + i);
                echo.setDouble(3, i / 3.0);
                echo.setString(4, "ä" + i);
                try (ResultSet rows = echo.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i - 6);
                    assertThat(rows.getLong(2)).isEqualTo(Long.MIN_VALUE + i);
                    assertThat(rows.getDouble(3)).isEqualTo(i / 3.0);
                    assertThat(rows.getString(4)).isEqualTo("ä" + i);
                }
            }
        }
    }

    @Test
    void batches() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("insert ?")) {
            for (int i = 0; i < 1_000; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).hasSize(1_000).containsOnly(1);
        }
    }

    @Test
    void fetchesInParts() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(7);
                try (ResultSet rows = statement.executeQuery("select rows 100")) {
                    int count = 0;
                    while (rows.next()) {
                        assertThat(rows.getLong(1)).isEqualTo(count);
                        count++;
                    }
                    assertThat(count).isEqualTo(100);
                }
            }
            connection.commit();
        }
    }

    @Test
    void errorsCarryCodeAndPosition() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("bad"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> {
                                assertThat(e.getSQLState()).isEqualTo("42601");
                                assertThat(e.getMessage()).contains("Position: 1");
                            });
            assertThat(statement.executeUpdate("insert")).isEqualTo(1);
        }
    }

    @Test
    void cancelsByTimeout() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("sleep"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void copies() throws Exception {
        try (Connection connection = connect()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            assertThat(copy.copyIn("copy t from stdin csv", new StringReader("1,a\n2,\"b\"\n")))
                    .isEqualTo(2);
            StringWriter out = new StringWriter();
            assertThat(copy.copyOut("copy t to stdout text", out)).isEqualTo(2);
            assertThat(out.toString()).isEqualTo("1\ta\n2\tb\n");
            assertThatThrownBy(
                            () -> copy.copyIn("copy t from stdin csv", new StringReader("1,2,3\n")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("extra data after last expected column")
                    .hasMessageContaining("COPY t, line 1");
            assertThat(connection.isValid(5)).isTrue();
        }
    }
}
