package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.stats.Histogram.Distribution;
import io.faraddb.engine.stats.TransactionStats;
import io.faraddb.engine.stats.TransactionStats.Kind;
import io.faraddb.engine.stats.TransactionStats.Outcome;
import io.faraddb.engine.stats.TransactionStats.Stage;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each transaction is counted once, as what it was, with how it ended. */
class TransactionStatsTest {

    private final TestDatabase database = new TestDatabase(2);
    private final TransactionStats stats = database.engine().transactionStats();
    private Map<String, Long> before = Map.of();

    @BeforeEach
    void begin() {
        run("CREATE TABLE t (id int PRIMARY KEY, v int)");
        run("INSERT INTO t VALUES (1, 0)");
        before = counts();
    }

    @AfterEach
    void close() {
        assertThat(stats.inFlight()).isZero();
        database.close();
    }

    private void run(String... statements) {
        try (TestSession session = database.session()) {
            for (String statement : statements) {
                session.run(statement);
            }
        }
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            for (boolean readOnly : new boolean[] {true, false}) {
                for (Outcome outcome : Outcome.values()) {
                    Distribution durations = stats.durations(kind, readOnly, outcome);
                    if (durations != null && durations.count() > 0) {
                        String access = readOnly ? " reads " : " writes ";
                        counts.put(kind + access + outcome, durations.count());
                    }
                }
            }
        }
        return counts;
    }

    private Map<String, Long> added() {
        Map<String, Long> added = counts();
        before.forEach((name, count) -> added.merge(name, -count, Long::sum));
        added.values().removeIf(count -> count == 0);
        return added;
    }

    @Test
    void oneStatementOnOnePartition() {
        run("SELECT v FROM t WHERE id = 1", "UPDATE t SET v = 1 WHERE id = 1");
        run("INSERT INTO t VALUES (1, 1)");
        assertThat(added())
                .isEqualTo(
                        Map.of(
                                "SINGLE reads COMMITTED", 1L,
                                "SINGLE writes COMMITTED", 1L,
                                "SINGLE writes FAILED", 1L));
    }

    @Test
    void preparedStatementsAndOneInSoManyTellsItsStages() {
        try (TestSession session = database.session()) {
            Prepared read =
                    session.session().prepare("SELECT 1 FROM t WHERE id = 1", new int[0]).join();
            Prepared write =
                    session.session().prepare("UPDATE t SET v = 2 WHERE id = 1", new int[0]).join();
            for (int i = 0; i < 64; i++) {
                session.session().execute(read, new Object[0], true).join();
                session.session().execute(write, new Object[0], true).join();
            }
            CompletableFuture<?> sync = session.session().sync();
            sync.join();
        }
        assertThat(added())
                .isEqualTo(Map.of("SINGLE reads COMMITTED", 64L, "SINGLE writes COMMITTED", 64L));
        assertThat(stats.stage(Stage.ROUTE).count()).isEqualTo(2);
        assertThat(stats.stage(Stage.QUEUE).count()).isEqualTo(2);
        assertThat(stats.stage(Stage.EXECUTE).count()).isEqualTo(2);
    }

    @Test
    void statementsOverSeveralPartitions() {
        run("SELECT count(*) FROM t", "UPDATE t SET v = v + 1", "UPDATE t SET v = v / 0");
        assertThat(added())
                .isEqualTo(
                        Map.of(
                                "MULTI reads COMMITTED", 1L,
                                "MULTI writes COMMITTED", 1L,
                                "MULTI writes FAILED", 1L));
        assertThat(stats.participants().quantile(1)).isEqualTo(2);
    }

    @Test
    void aBlockIsOneTransaction() {
        run("BEGIN", "UPDATE t SET v = 1 WHERE id = 1", "SELECT * FROM t", "COMMIT");
        run("BEGIN", "SELECT v FROM t WHERE id = 1", "ROLLBACK");
        run("BEGIN", "SELECT v FROM t WHERE id = 1", "SELECT 1 / 0", "COMMIT");
        run("SELECT v FROM t WHERE id = 1; UPDATE t SET v = 1 WHERE id = 1");
        // Its session ends before it does.
        run("BEGIN", "UPDATE t SET v = 1 WHERE id = 1");
        assertThat(added())
                .isEqualTo(
                        Map.of(
                                "INTERACTIVE writes COMMITTED", 2L,
                                "INTERACTIVE reads ROLLED_BACK", 1L,
                                "INTERACTIVE reads FAILED", 1L,
                                "INTERACTIVE writes ROLLED_BACK", 1L));
    }

    @Test
    void aBlockThatMeetsAnotherOneHasAConflict() {
        try (TestSession one = database.session()) {
            one.run("BEGIN");
            one.run("UPDATE t SET v = v + 1 WHERE id = 1");
            run("UPDATE t SET v = v + 1 WHERE id = 1");
            assertThat(one.run("COMMIT").getFirst()).startsWith("ERROR 40001");
        }
        assertThat(added())
                .isEqualTo(
                        Map.of("INTERACTIVE writes CONFLICT", 1L, "SINGLE writes COMMITTED", 1L));
    }

    @Test
    void schemaChangesAreTransactionsAndSettingsAreNone() {
        run("CREATE TABLE u (id int PRIMARY KEY)", "CREATE TABLE u (id int PRIMARY KEY)");
        run("SET application_name = 'x'", "SHOW application_name", "SELEC 1", "VACUUM");
        assertThat(added())
                .isEqualTo(Map.of("SCHEMA writes COMMITTED", 1L, "SCHEMA writes FAILED", 1L));
    }

    @Test
    void copiesAreTransactionsOfTheirOwn() {
        long rows = database.engine().sessionStats().rowsCopiedIn();
        run("COPY t FROM STDIN");
        assertThat(added()).isEqualTo(Map.of("COPY writes COMMITTED", 1L));
        assertThat(database.engine().sessionStats().rowsCopiedIn()).isEqualTo(rows);
        run("COPY t TO STDOUT");
        assertThat(database.engine().sessionStats().rowsCopiedOut()).isEqualTo(1);
    }
}
