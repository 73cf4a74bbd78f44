package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real PostgreSQL to compare with, in a directory and on a port of its own, until it is closed.
 */
final class PostgresServer implements AutoCloseable {

    /** It refuses to run as root: then it runs as the user that its package makes. */
    private static final String USER = "postgres";

    private final Path control = OutsideProgram.findOfServer("pg_ctl");
    private final Path directory;
    private final int port;

    PostgresServer() throws IOException {
        Path initialize = OutsideProgram.findOfServer("initdb");
        directory = Path.of(run("mktemp", "-d", "/tmp/farad-postgres.XXXXXX").strip());
        port = freePort();
        run(
                initialize.toString(),
                "--pgdata=" + data(),
                "--auth=trust",
                "--username=" + USER,
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
        run(
                control.toString(),
                "--pgdata=" + data(),
                "--wait",
                "--log=" + directory.resolve("log"),
                "--options=-p %d -k %s -c listen_addresses=127.0.0.1 -c fsync=off"
                        .formatted(port, directory),
                "start");
    }

    private Path data() {
        return directory.resolve("data");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            String other = OutsideProgram.find("runuser", "util-linux").toString();
            command.addAll(List.of(other, "-u", USER, "--"));
        }
        command.addAll(List.of(arguments));
        // It has to be able to read the directory it is in.
        Installation.Ran ran = Installation.run(Path.of("/"), Map.of(), command);
        assertThat(ran.exit()).as("%s%n%s%s", command, ran.out(), ran.errors()).isZero();
        return ran.out();
    }

    Map<String, String> clientEnvironment() {
        return Map.of(
                "PGHOST",
                "127.0.0.1",
                "PGPORT",
                Integer.toString(port),
                "PGUSER",
                USER,
                "PGDATABASE",
                USER);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, USER), USER, "");
    }

    @Override
    public void close() throws IOException {
        run(control.toString(), "--pgdata=" + data(), "--mode=immediate", "stop");
        run("rm", "-rf", directory.toString());
    }
}
