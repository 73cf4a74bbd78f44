package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.log.Waiting;
import io.faraddb.engine.procedure.ProcedureStats;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.storage.TableSize;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.engine.txn.Waits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What partitions and procedures tell of themselves. */
@Timeout(60)
class NodeStatsTest {

    private final TestDatabase database = new TestDatabase(2);

    @AfterEach
    void close() {
        database.close();
    }

    private void run(String... statements) {
        try (TestSession session = database.session()) {
            for (String statement : statements) {
                assertThat(session.run(statement)).noneMatch(line -> line.startsWith("ERROR"));
            }
        }
    }

    @Test
    void aPartitionTellsWhatItsTablesTake() throws InterruptedException {
        run("CREATE TABLE t (id int PRIMARY KEY, v text)", "CREATE INDEX t_v ON t (v)");
        run("INSERT INTO t SELECT g, 'value ' || g FROM generate_series(1, 1000) g");
        TableDef table = Invariant.notNull(database.engine().catalog().table("t"), "it was made");
        // A partition may still apply what another one has committed.
        Waiting.until(() -> sizes().stream().mapToLong(TableSize::rows).sum() == 1000);
        for (TableSize size : sizes()) {
            assertThat(size.table()).isEqualTo(table.oid());
            assertThat(size.rowBytes()).isGreaterThan(size.rows() * 10);
            assertThat(size.indexBytes()).containsOnlyKeys(table.indexes().getFirst().oid());
            assertThat(size.allIndexBytes()).isGreaterThan(size.rows() * 10);
        }
    }

    /** Of the only table, from each partition. */
    private List<TableSize> sizes() {
        return database.engine().partitions().sites().stream()
                .map(site -> Waits.join(site.tableSizes()).getFirst())
                .toList();
    }

    @Test
    void aPartitionTellsThatItLeadsAndHowLongItWaited() {
        run("CREATE TABLE t (id int PRIMARY KEY)", "INSERT INTO t SELECT generate_series(1, 1000)");
        for (SiteThread site : database.engine().partitions().sites()) {
            assertThat(site.stats().leads()).isTrue();
            long before = 0;
            for (int later = 0; later < 2; later++) {
                long sofar = before;
                while (before <= sofar) {
                    before = site.stats().idleNanos(SystemTime.INSTANCE.nanoTime());
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    void proceduresAreCountedWithWhatUndidThem() {
        run("CREATE TABLE t (id int PRIMARY KEY)");
        run(
                "CREATE PROCEDURE put PARTITION ON TABLE t COLUMN id AS INSERT INTO t VALUES ($1)",
                "CALL put(1)",
                "CALL put(2)");
        try (TestSession session = database.session()) {
            assertThat(session.run("CALL put(1)").getFirst()).startsWith("ERROR 23505");
        }
        ProcedureStats stats = database.engine().procedureStats();
        assertThat(stats.all()).containsOnlyKeys("put");
        ProcedureStats.Counts put = Invariant.notNull(stats.all().get("put"), "it was called");
        assertThat(put.nanos().count()).isEqualTo(3);
        assertThat(put.aborts(ProcedureStats.Abort.STATEMENT)).isEqualTo(1);
        assertThat(put.aborts(ProcedureStats.Abort.EXCEPTION)).isZero();
        // Another definition of the name goes on counting.
        run("DROP PROCEDURE put");
        run(
                "CREATE PROCEDURE put PARTITION ON TABLE t COLUMN id"
                        + " AS DELETE FROM t WHERE id = $1",
                "CALL put(1)");
        assertThat(put.nanos().count()).isEqualTo(4);
    }

    @Test
    void moreProceduresThanAreToldApartAreCountedTogether() {
        run("CREATE TABLE t (id int PRIMARY KEY)");
        for (int i = 0; i <= 500; i++) {
            run(
                    ("CREATE PROCEDURE p%d PARTITION ON TABLE t COLUMN id"
                                    + " AS SELECT id FROM t WHERE id = $1")
                            .formatted(i),
                    "CALL p%d(1)".formatted(i));
        }
        ProcedureStats stats = database.engine().procedureStats();
        assertThat(stats.all()).hasSize(501).containsKeys("p499", ProcedureStats.OTHERS);
        assertThat(stats.all()).doesNotContainKey("p500");
    }
}
