package io.faraddb.bench.load.voter;

import io.faraddb.examples.voter.Vote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Makes the voter example's tables, contestants and procedure, unless they are there. */
public final class VoterSetup {

    private static final List<String> TABLES = List.of("contestants", "votes", "totals");

    private final Archives archives;

    /** Loads archives of procedures into the cluster. */
    @FunctionalInterface
    public interface Archives {
        void load(String name, byte[] jar) throws IOException;
    }

    VoterSetup(Archives archives) {
        this.archives = archives;
    }

    void run(Connection connection) throws SQLException, IOException {
        List<String> there =
                names(
                        connection,
                        "SELECT table_name FROM information_schema.tables WHERE table_schema ="
                                + " 'public' AND table_name IN ('contestants', 'votes', 'totals')");
        if (there.isEmpty()) {
            execute(connection, resource("schema.sql"));
        } else if (there.size() < TABLES.size()) {
            throw new IllegalStateException(
                    "of the tables "
                            + TABLES
                            + " there are only "
                            + there
                            + ": drop these, or use another cluster");
        }
        if (names(connection, "SELECT proname FROM pg_proc WHERE proname = 'vote'").isEmpty()) {
            archives.load("voter", jar());
            execute(connection, resource("procedure.sql"));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> names(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        }
    }

    /** The example's class as an archive: it is on this program's own class path. */
    public static byte[] jar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry(Vote.class.getName().replace('.', '/') + ".class"));
            jar.write(bytes(Vote.class.getSimpleName() + ".class"));
        }
        return bytes.toByteArray();
    }

    /** A script of the example: schema.sql or procedure.sql. */
    public static String resource(String name) throws IOException {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = Vote.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }
}
