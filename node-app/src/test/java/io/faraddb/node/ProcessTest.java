package io.faraddb.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node as a process of its own: how it begins, how it ends, what survives. */
@Tag("slow")
@Timeout(180)
class ProcessTest {

    private static final Pattern PG_PORT = Pattern.compile("\"pg\":(\\d+)");

    @TempDir Path dir;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // As the farad script starts it, with little memory.
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m"));
        command.addAll(List.of("-XX:+UseZGC", "-XX:+ExitOnOutOfMemoryError"));
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(FaradApplication.class.getName());
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FARAD_ADMIN_PASSWORD", "from the environment");
        builder.redirectOutput(dir.resolve("out" + started.size() + ".txt").toFile());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Process startReady() throws IOException {
        Path data = dir.resolve("data");
        Files.deleteIfExists(data.resolve("endpoints.json"));
        Process process =
                start("--data-dir", data.toString(), "--pg-port", "0", "--http-port", "0");
        while (!Files.exists(data.resolve("endpoints.json"))) {
            assertThat(process.isAlive()).as(this::output).isTrue();
            Thread.onSpinWait();
        }
        return process;
    }

    private String output() {
        try {
            return Files.readString(dir.resolve("out" + (started.size() - 1) + ".txt"));
        } catch (IOException e) {
            return String.valueOf(e);
        }
    }

    private Connection connect() throws Exception {
        Matcher port =
                PG_PORT.matcher(Files.readString(dir.resolve("data").resolve("endpoints.json")));
        assertThat(port.find()).isTrue();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port.group(1) + "/farad",
                "admin",
                "from the environment");
    }

    @Test
    void whatWasAcknowledgedSurvivesAKilledProcess() throws Exception {
        Process first = startReady();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int primary key)");
            for (int i = 0; i < 50; i++) {
                statement.execute("insert into t values (" + i + ")");
            }
        }
        first.destroyForcibly().waitFor();
        Process second = startReady();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from t")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(50);
        }
        second.destroy();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(dir.resolve("data").resolve("endpoints.json")).doesNotExist();
        assertThat(dir.resolve("data").resolve("admin.password")).doesNotExist();
        assertThat(output())
                .contains("FaradDB ready")
                .contains("  socket   psql -h " + dir.resolve("data") + " -p ");
    }

    @Test
    void whatWouldFillTheHeapIsRefusedAndOthersGoOn() throws Exception {
        Process process = startReady();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id int primary key, v text)");
            fill(statement);
            List<Callable<String>> hogs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                hogs.add(() -> failure("select array_agg(v || 'y') from t"));
                hogs.add(() -> failure("select * from t order by v, id"));
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<String>> ends = hogs.stream().map(threads::submit).toList();
                for (int i = 1; i < 1000; i++) {
                    assertThat(one(statement, "select v from t where id = " + i)).hasSize(200);
                }
                for (Future<String> end : ends) {
                    assertThat(end.get()).as(this::output).isEqualTo("53200");
                }
            }
            statement.execute("truncate t");
            while (!inserts(statement, "insert into t values (1, 'x')")) {
                Thread.onSpinWait();
            }
        }
        assertThat(process.isAlive()).as(this::output).isTrue();
    }

    private static void fill(Statement statement) throws SQLException {
        String insert = "insert into t select g, repeat('x', 200) from generate_series(%d, %d) g";
        int rows = 20_000;
        for (int first = 1; ; first += rows) {
            if (!inserts(statement, insert.formatted(first, first + rows - 1))) {
                return;
            }
        }
    }

    /** False if there is no room. */
    private static boolean inserts(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
            return true;
        } catch (SQLException failure) {
            assertThat(failure.getSQLState()).isEqualTo("53200");
            return false;
        }
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private String failure(String query) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(query);
            return "none";
        } catch (SQLException failure) {
            return failure.getSQLState();
        }
    }

    @Test
    void startsThatFailSayWhyAndHaveTheirCodes() throws Exception {
        String data = dir.resolve("data").toString();
        Path file = Files.createFile(dir.resolve("file"));
        assertExit(2, "unknown option --nope", "--nope");
        assertExit(73, "cannot create the data directory", "--data-dir", file + "/below");
        assertExit(78, "without encryption", "--data-dir", data, "--bind", "0.0.0.0");
        assertExit(78, "no such directory", "--data-dir", data, "--pg-socket-dir", data + "/none");
        assertExit(78, "pg.port", "--data-dir", data, "--pg-port", "70000");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertExit(69, port, "--data-dir", data, "--pg-port", port, "--http-port", "0");
            assertExit(69, port, "--data-dir", data, "--pg-port", "0", "--http-port", port);
        }
    }

    private void assertExit(int code, String sentence, String... options) throws Exception {
        Process process = start(options);
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("farad: ").contains(sentence);
        assertThat(process.exitValue()).as(this::output).isEqualTo(code);
        // The sentence and what to change, and no stack trace.
        assertThat(output().lines()).as(this::output).hasSize(2);
    }
}
