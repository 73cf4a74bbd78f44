package io.faraddb.node.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.Engine;
import io.faraddb.engine.log.LogStats;
import io.faraddb.node.TestNode;
import io.faraddb.node.actuator.Exposition.Family;
import io.faraddb.node.engine.NodeEngine;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a real node: what they say, and the rules that all of them keep. */
class MetricsTest {

    /** Every label there is: none grows with connections, keys, statements or users. */
    private static final Set<String> LABELS =
            Set.of(
                    "access",
                    "area",
                    "direction",
                    "event",
                    "java",
                    "kind",
                    "method",
                    "outcome",
                    "partition",
                    "procedure",
                    "protocol",
                    "reason",
                    "result",
                    "role",
                    "stage",
                    "state",
                    "status",
                    "table",
                    "version");

    private static final List<String> UNITS = List.of("_seconds", "_bytes", "_ratio");

    @TempDir static Path dataDir;

    private static TestNode node;
    private static Exposition first;

    @BeforeAll
    static void start() throws IOException {
        node = TestNode.start(dataDir);
        first = scrape();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Exposition scrape() throws IOException {
        return Exposition.of(node.get("/actuator/prometheus").body());
    }

    /** Scrapes until something is true, or does not become so. */
    private static Exposition scrapeUntil(Predicate<Exposition> isSo) throws IOException {
        Exposition told = scrape();
        for (int i = 0; i < 1_000 && !isSo.test(told); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            told = scrape();
        }
        return told;
    }

    private static double rowsOf(Exposition told, String table) {
        return told.family("farad_table_rows").sum("table=\"" + table + "\"");
    }

    @Test
    void theFirstScrapeHasZerosForWhatIsKnownBefore() {
        assertThat(first.family("farad_txn_duration_seconds").samples)
                .containsEntry(
                        "_count{access=\"rw\",cluster=\"farad\",kind=\"single\",node=\"n1\","
                                + "outcome=\"failed\"}",
                        0.0);
        assertThat(first.family("farad_txn_retried_total").samples).hasSize(3);
        assertThat(first.family("farad_txn_rejected_total").sum()).isZero();
        assertThat(first.family("farad_client_connections_rejected_total").samples)
                .hasSize(3)
                .allSatisfy((labels, value) -> assertThat(value).isZero());
        assertThat(first.family("farad_auth_total").samples).hasSize(6);
        assertThat(first.family("farad_partition_executed_total").samples).hasSize(2);
        assertThat(first.family("farad_txn_stage_seconds").part("_count")).isZero();
    }

    @Test
    void namesTellTheKindAndTheUnit() throws IOException {
        for (Map.Entry<String, Family> entry : scrape().families().entrySet()) {
            String name = entry.getKey();
            Family family = entry.getValue();
            assertThat(name.endsWith("_total"))
                    .as(name + " is a " + family.type)
                    .isEqualTo(family.type.equals("counter"));
            assertThat(family.help).as(name).isNotBlank().doesNotEndWith(".");
            assertThat(name)
                    .as(name)
                    .doesNotContainPattern("milli|micro|nano|_(ms|us|ns|kb|mb|minutes)(_|$)");
            for (String unit : UNITS) {
                String stem = name.replaceFirst("_total$", "");
                boolean inside = stem.contains(unit) && !stem.endsWith(unit);
                assertThat(inside).as(name + ": the unit stands last").isFalse();
                assertThat(stem.split(unit, -1)).as(name).hasSizeLessThanOrEqualTo(2);
            }
            if (family.type.equals("histogram")) {
                assertThat(name).matches(".*(_seconds|_entries|_participants)");
            }
            assertThat(LABELS).as(name).containsAll(family.labels);
        }
    }

    @Test
    void everySampleSaysWhoTellsIt() throws IOException {
        String text = node.get("/actuator/prometheus").body();
        assertThat(text.lines().filter(line -> !line.startsWith("#") && !line.isBlank()))
                .isNotEmpty()
                .allSatisfy(line ->
                        assertThat(line).contains("cluster=\"farad\"").contains("node=\"n1\""));
    }

    @Test
    void countersOnlyGrow() throws IOException {
        Exposition before = scrape();
        node.run("create table growing (id int primary key)");
        node.run("insert into growing values (1), (2), (3)");
        Exposition after = scrape();
        before.families()
                .forEach((name, family) -> {
                    if (family.type.equals("gauge")) {
                        return;
                    }
                    Map<String, Double> later = after.family(name).samples;
                    family.samples.forEach((labels, value) ->
                            assertThat(later.get(labels))
                                    .as(name + labels)
                                    .isGreaterThanOrEqualTo(value));
                });
        assertThat(after.family("farad_txn_total").sum())
                .isEqualTo(before.family("farad_txn_total").sum() + 2);
        assertThat(after.family("farad_txn_duration_seconds").part("_count"))
                .isEqualTo(after.family("farad_txn_total").sum());
    }

    @Test
    void valuesHaveTheUnitOfTheirName() throws IOException {
        node.run("create table measured (id int primary key, v text)");
        node.run("create index measured_v on measured (v)");
        node.run("insert into measured select g, 'value ' || g from generate_series(1, 500) g");
        Engine engine = node.bean(NodeEngine.class).engine();
        LogStats log = node.bean(NodeEngine.class).files().logStats();
        Exposition told = scrapeUntil(all -> rowsOf(all, "measured") == 500);
        assertThat(told.family("farad_log_bytes_total").sum()).isEqualTo(log.writtenBytes());
        assertThat(told.family("farad_log_fsync_seconds").part("_sum"))
                .isEqualTo(log.syncNanos().sum() / 1e9);
        assertThat(told.family("farad_txn_duration_seconds").part("_sum", "access=\"ro\""))
                .isEqualTo(engine.transactionStats().committed(true).sum() / 1e9);
        assertThat(told.family("farad_memory_limit_bytes").sum())
                .isEqualTo(Runtime.getRuntime().maxMemory());
        assertThat(rowsOf(told, "measured")).isEqualTo(500);
        assertThat(told.family("farad_table_bytes").sum("table=\"measured\"", "kind=\"index\""))
                .isGreaterThan(500 * 10);
        assertThat(told.family("farad_memory_used_bytes").sum())
                .isGreaterThanOrEqualTo(told.family("farad_table_bytes").sum("table=\"measured\""));
        assertThat(told.family("farad_partition_busy_ratio").samples.values())
                .allSatisfy(share -> assertThat(share).isBetween(0.0, 1.0));
        assertThat(told.family("farad_start_timestamp_seconds").sum())
                .isBetween(
                        Instant.now().getEpochSecond() - 3_600.0,
                        Instant.now().getEpochSecond() + 1.0);
    }

    @Test
    void stagesProceduresAndBlocksAreTold() throws Exception {
        node.run("create table pay (id int primary key, v int)");
        node.run(
                "create procedure paid partition on table pay column id"
                        + " as insert into pay values ($1, 1)");
        try (Connection connection = node.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < 200; i++) {
                statement.execute("call paid(" + i + ")");
            }
            connection.setAutoCommit(false);
            statement.execute("update pay set v = 2 where id = 1");
            connection.rollback();
        }
        Exposition told = scrape();
        for (String stage : List.of("route", "queue", "execute", "log_sync")) {
            assertThat(
                            told.family("farad_txn_stage_seconds")
                                    .part("_count", "stage=\"" + stage + "\""))
                    .as(stage)
                    .isGreaterThanOrEqualTo(3);
        }
        assertThat(
                        told.family("farad_procedure_execution_seconds")
                                .part("_count", "procedure=\"paid\""))
                .isEqualTo(200);
        assertThat(
                        told.family("farad_txn_duration_seconds")
                                .part("_count", "kind=\"interactive\"", "rolled_back"))
                .isEqualTo(1);
    }

    @Test
    void snapshotsAreTold() throws IOException {
        double before = scrape().family("farad_snapshot_duration_seconds").part("_count");
        assertThat(node.post("/api/v1/snapshots", "").statusCode()).isEqualTo(202);
        Exposition told = scrapeUntil(all -> all.family("farad_snapshot_writing").sum() == 0);
        assertThat(told.family("farad_snapshot_duration_seconds").part("_count"))
                .isEqualTo(before + 1);
        assertThat(told.family("farad_snapshot_bytes").sum()).isPositive();
        assertThat(told.family("farad_snapshot_last_success_timestamp_seconds").sum())
                .isBetween(
                        Instant.now().getEpochSecond() - 600.0,
                        Instant.now().getEpochSecond() + 1.0);
    }

    /** A row for each name: kind, labels beside the common ones, what it is. */
    @Test
    void theDocumentTellsEachOfThem() throws IOException {
        node.run("create table told (id int primary key)");
        node.run("create procedure tell as select count(*) from told");
        node.run("call tell()");
        List<String> rows =
                scrape().families().entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .toList();
        assertThat(Files.readAllLines(Path.of("..", "docs", "metrics.md")))
                .filteredOn(line -> line.startsWith("| `farad_"))
                .containsExactlyElementsOf(rows);
    }

    private static String row(String name, Family family) {
        return "| `%s` | %s | %s | %s |"
                .formatted(name, family.type, String.join(", ", family.labels), family.help);
    }

    @Test
    void whoWatchesNeedsAPassword() throws IOException {
        for (String path :
                List.of(
                        "/actuator/prometheus",
                        "/actuator/health/cluster",
                        "/actuator/health/safety",
                        "/actuator/health/readiness/log")) {
            HttpRequest anonymous = HttpRequest.newBuilder(node.address(path)).build();
            assertThat(node.send(anonymous).statusCode()).as(path).isEqualTo(401);
        }
    }

    @Test
    void usersSeeTheComponentsOfHealth() throws IOException {
        assertThat(node.get("/actuator/health").body())
                .contains("\"engine\":{", "\"log\":{", "\"diskFull\":false", "\"copies\":{");
        assertThat(node.get("/actuator/health/readiness").body())
                .contains("\"engine\":{")
                .doesNotContain("\"log\":{");
        assertThat(node.get("/actuator/health/cluster").statusCode()).isEqualTo(200);
        assertThat(node.get("/actuator/health/safety").body()).contains("\"replicas\":1");
    }
}
