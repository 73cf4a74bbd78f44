package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The example with open data: what a node answers is what PostgreSQL answers, which has been loaded
 * with the same files, to the name and type of each column.
 */
@Tag("slow")
@Timeout(600)
class OpenDataIT {

    private static final Path EXAMPLE =
            Path.of(System.getProperty("farad.checkout"), "examples", "open-data");
    private static final String STRIKES =
            "airport,aircraft,damage,day,operator,state,phase,size,species,time_of_day,cost_other,"
                    + "cost_repair,cost_total,speed_knots";

    private static final String IN_ANY_ORDER = "SELECT * FROM ";

    /**
     * A file and where its rows go.
     *
     * @param columns of the file, or empty if their names are those of the table
     */
    private record Load(String table, String file, String columns) {}

    private static final List<Load> CSV =
            List.of(
                    new Load("zip_codes", "zipcodes.csv", ""),
                    new Load("airports", "airports.csv", ""),
                    new Load("routes", "flights-airport.csv", "origin,destination,flights"),
                    new Load("bird_strikes", "birdstrikes.csv", STRIKES));

    @TempDir static Path directory;

    private static Path psql;
    private static Path data;
    private static Path flights;
    private static PostgresServer postgres;
    private static RunningNode node;

    @BeforeAll
    static void start() throws Exception {
        psql = OutsideProgram.find("psql", "postgresql-client");
        data = NpmPackages.install(EXAMPLE).resolve("node_modules/vega-datasets/data");
        flights = flightsAsCsv();
        postgres = new PostgresServer();
        String schema = Files.readString(EXAMPLE.resolve("schema.sql"));
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    schema.replaceAll(
                            "PARTITION BY HASH \\(\\w+\\)|WITH \\(replicated = true\\)", ""));
        }
        copyAll(postgres.clientEnvironment());
        node = new RunningNode(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        if (node != null) {
            node.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    private static Path flightsAsCsv() throws IOException {
        Path csv = directory.resolve("flights.csv");
        JsonNode all =
                JsonMapper.shared().readTree(Files.readString(data.resolve("flights-200k.json")));
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("delay,distance,time\n");
            for (JsonNode flight : all) {
                out.write(
                        "%s,%s,%s\n"
                                .formatted(
                                        flight.path("delay"),
                                        flight.path("distance"),
                                        flight.path("time")));
            }
        }
        return csv;
    }

    private static void copyAll(Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(psql.toString(), "-X"));
        for (Load load : CSV) {
            command.addAll(List.of("-c", copy(load.table(), data.resolve(load.file()))));
        }
        command.addAll(List.of("-c", copy("flights", flights)));
        Installation.Ran ran = Installation.run(directory, environment, command);
        assertThat(ran.exit()).as(ran.errors()).isZero();
        assertThat(ran.out().lines())
                .containsExactly(
                        "COPY 42049", "COPY 3376", "COPY 5366", "COPY 10000", "COPY 200000");
    }

    private static String copy(String table, Path file) {
        return "\\copy %s from '%s' with (format csv, header)".formatted(table, file);
    }

    private static void makeTables() throws IOException {
        node.answer("sql", "-f", EXAMPLE.resolve("schema.sql").toString());
    }

    @Test
    void loadedByCommandsAnswersAsPostgresDoes() throws Exception {
        makeTables();
        for (Load load : CSV) {
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    "load",
                                    "csv",
                                    load.table(),
                                    data.resolve(load.file()).toString()));
            if (!load.columns().isEmpty()) {
                command.addAll(List.of("--columns", load.columns()));
            }
            assertThat(node.answer(command.toArray(String[]::new))).contains("rows loaded into");
        }
        assertThat(
                        node.answer(
                                "load",
                                "json",
                                "flights",
                                data.resolve("flights-200k.json").toString()))
                .startsWith("200,000 rows loaded into flights");
        assertSameAnswers();
    }

    @Test
    void loadedByPsqlAnswersAsPostgresDoes() throws Exception {
        makeTables();
        copyAll(node.clientEnvironment());
        assertSameAnswers();
    }

    private static void assertSameAnswers() throws Exception {
        List<String> queries =
                new ArrayList<>(
                        Arrays.asList(
                                Files.readString(EXAMPLE.resolve("queries.sql")).split(";\n")));
        queries.removeIf(String::isBlank);
        assertThat(queries).hasSizeGreaterThan(10);
        for (Load load : CSV) {
            queries.add(IN_ANY_ORDER + load.table());
        }
        queries.add(IN_ANY_ORDER + "flights");
        try (Connection theirs = postgres.connect();
                Connection ours =
                        DriverManager.getConnection(
                                "jdbc:postgresql://127.0.0.1:%s/farad"
                                        .formatted(node.endpoints().path("pg").asString()),
                                "admin",
                                node.password())) {
            for (String query : queries) {
                List<String> expected = answer(theirs, query);
                assertThat(expected).as(query).hasSizeGreaterThan(1);
                assertThat(answer(ours, query)).as(query).isEqualTo(expected);
            }
        }
    }

    /** Names and types, then a line for each row. */
    private static List<String> answer(Connection connection, String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            ResultSetMetaData meta = rows.getMetaData();
            StringBuilder head = new StringBuilder();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                head.append(meta.getColumnLabel(i)).append(' ').append(meta.getColumnTypeName(i));
                head.append(", ");
            }
            lines.add(head.toString());
            while (rows.next()) {
                StringBuilder line = new StringBuilder();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    line.append(rows.getString(i)).append('|');
                }
                lines.add(line.toString());
            }
        }
        if (query.startsWith(IN_ANY_ORDER)) {
            Collections.sort(lines);
        }
        return lines;
    }
}
