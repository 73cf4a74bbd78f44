package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node of the installation on free ports, in a directory of its own, until it is closed. */
final class RunningNode implements AutoCloseable {

    private final Installation installation = Installation.get();
    private final Path directory;

    /**
     * Starts it.
     *
     * @param directory where commands run and {@code farad-data} is made
     */
    RunningNode(Path directory, String... options) throws IOException {
        this.directory = directory;
        List<String> start =
                new ArrayList<>(
                        List.of(
                                "start",
                                "--detach",
                                "--pg-port",
                                "0",
                                "--http-port",
                                "0",
                                "--partitions",
                                "3"));
        start.addAll(List.of(options));
        Installation.Ran ran = farad(start.toArray(String[]::new));
        assertThat(ran.exit()).as(ran.errors()).isZero();
        assertThat(ran.out()).contains("FaradDB ready");
    }

    Path directory() {
        return directory;
    }

    /** Runs a command where the node's data directory is the default. */
    Installation.Ran farad(String... arguments) throws IOException {
        return installation.farad(directory, arguments);
    }

    /** Runs a command that has to succeed, and returns what it answers. */
    String answer(String... arguments) throws IOException {
        Installation.Ran ran = farad(arguments);
        assertThat(ran.exit()).as("%s%n%s", ran.out(), ran.errors()).isZero();
        return ran.out();
    }

    /** The rows of a statement, as CSV without the line of names. */
    List<String> rows(String sql) throws IOException {
        return answer("sql", "-e", sql, "-o", "csv").lines().skip(1).toList();
    }

    JsonNode endpoints() throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(directory.resolve("farad-data/endpoints.json")));
    }

    /** Where the Unix-domain socket is. */
    String socketDirectory() throws IOException {
        return directory.resolve("farad-data").toRealPath().toString();
    }

    /** What tells clients of PostgreSQL where the node is and who they are. */
    Map<String, String> clientEnvironment() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", "127.0.0.1");
        environment.put("PGPORT", endpoints().path("pg").asString());
        environment.put("PGUSER", "admin");
        environment.put("PGPASSWORD", password());
        environment.put("PGDATABASE", "farad");
        return environment;
    }

    String password() throws IOException {
        return Files.readString(directory.resolve("farad-data/admin.password")).strip();
    }

    @Override
    public void close() throws IOException {
        Installation.Ran ran = farad("stop");
        assertThat(ran.exit()).as(ran.errors()).isZero();
    }
}
