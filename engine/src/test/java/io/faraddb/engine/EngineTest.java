package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String SLOW = "SELECT count(*) FROM generate_series(1, 1000000)";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void statementsWorkTheSameOverAnyNumberOfPartitions(int partitions) {
        try (TestDatabase database = new TestDatabase(partitions);
                TestSession session = database.session()) {
            assertThat(
                            session.run(
                                    "CREATE TABLE t (id int PRIMARY KEY, name text NOT NULL, n"
                                            + " numeric(10,2) DEFAULT 1.5)"))
                    .containsExactly("CREATE TABLE");
            assertThat(
                            session.run(
                                    "INSERT INTO t VALUES (1, 'a', DEFAULT), (2, 'b', 2),"
                                            + " (3, 'c', NULL)"))
                    .containsExactly("INSERT 0 3");
            assertThat(session.run("SELECT * FROM t ORDER BY id"))
                    .containsExactly("1|a|1.50", "2|b|2.00", "3|c|");
            assertThat(session.run("SELECT name FROM t WHERE id = 2")).containsExactly("b");
            assertThat(session.run("UPDATE t SET n = n + 1 WHERE id = 1 RETURNING n"))
                    .containsExactly("2.50");
            assertThat(session.run("INSERT INTO t VALUES (1, 'x')"))
                    .containsExactly(
                            "ERROR 23505 duplicate key value violates unique constraint"
                                    + " \"t_pkey\"");
            assertThat(session.run("INSERT INTO t VALUES (4, NULL)").getFirst())
                    .startsWith("ERROR 23502");
            assertThat(session.run("DELETE FROM t WHERE n IS NULL")).containsExactly("DELETE 1");
            assertThat(session.run("SELECT count(*), sum(n), max(name) FROM t"))
                    .containsExactly("2|4.50|b");
            assertThat(session.run("UPDATE t SET id = id + 10")).containsExactly("UPDATE 2");
            assertThat(session.run("SELECT id FROM t ORDER BY 1 DESC")).containsExactly("12", "11");
        }
    }

    @Test
    void theTypesOfAProceduresParametersAreShown() {
        try (TestDatabase database = new TestDatabase(1);
                TestSession session = database.session()) {
            session.run("CREATE TABLE t (id int PRIMARY KEY, v varchar(9))");
            session.run("CREATE PROCEDURE put AS UPSERT INTO t VALUES ($1, $2)");
            assertThat(
                            session.run(
                                    "SELECT pg_get_function_arguments(oid) FROM pg_proc"
                                            + " WHERE proname = 'put'"))
                    .containsExactly("IN integer, IN character varying");
        }
    }

    @Test
    void committedRowsAreThereAfterARestartAndRolledBackOnesAreNot() {
        try (TestDatabase database = new TestDatabase(3)) {
            try (TestSession session = database.session()) {
                session.run("CREATE TABLE t (id int PRIMARY KEY, v int)");
                session.run("CREATE INDEX t_v ON t (v)");
                assertThat(
                                session.run(
                                        "INSERT INTO t SELECT g, g % 10 FROM generate_series(1,"
                                                + " 100) g"))
                        .containsExactly("INSERT 0 100");
                assertThat(session.run("BEGIN; DELETE FROM t; ROLLBACK"))
                        .containsExactly("BEGIN", "DELETE 100", "ROLLBACK");
                session.run("DELETE FROM t WHERE id > 50");
            }
            database.restart();
            try (TestSession session = database.session()) {
                assertThat(session.run("SELECT count(*) FROM t WHERE v = 3")).containsExactly("5");
                assertThat(session.run("SELECT count(*), min(id), max(id) FROM t"))
                        .containsExactly("50|1|50");
            }
        }
    }

    @Test
    void aUniqueIndexThatWasMadeAfterItsDuplicatesWentIsWholeAfterARestart() {
        try (TestDatabase database = new TestDatabase(1)) {
            try (TestSession session = database.session()) {
                session.run("CREATE TABLE t (id int, v int, PRIMARY KEY (v, id))");
                session.run("INSERT INTO t VALUES (1, 5)");
                session.run("INSERT INTO t VALUES (2, 5)");
                session.run("DELETE FROM t WHERE id = 1");
                assertThat(session.run("CREATE UNIQUE INDEX t_v ON t (v)"))
                        .containsExactly("CREATE INDEX");
            }
            database.restart();
            try (TestSession session = database.session()) {
                assertThat(session.run("SELECT id FROM t WHERE v = 5")).containsExactly("2");
                assertThat(session.run("INSERT INTO t VALUES (3, 5)").getFirst())
                        .startsWith("ERROR 23505");
            }
        }
    }

    @Test
    void interactiveTransactionsThatCrossAreNotBothCommitted() {
        try (TestDatabase database = new TestDatabase(4);
                TestSession one = database.session();
                TestSession other = database.session()) {
            one.run("CREATE TABLE doctor (id int PRIMARY KEY, oncall boolean)");
            one.run("INSERT INTO doctor VALUES (1, true), (2, true)");
            one.run("BEGIN");
            other.run("BEGIN");
            assertThat(one.run("SELECT count(*) FROM doctor WHERE oncall")).containsExactly("2");
            assertThat(other.run("SELECT count(*) FROM doctor WHERE oncall")).containsExactly("2");
            one.run("UPDATE doctor SET oncall = false WHERE id = 1");
            other.run("UPDATE doctor SET oncall = false WHERE id = 2");
            assertThat(one.run("COMMIT")).containsExactly("COMMIT");
            assertThat(other.run("COMMIT").getFirst()).startsWith("ERROR 40001");
            assertThat(one.run("SELECT id FROM doctor WHERE oncall")).containsExactly("2");
        }
    }

    @Test
    void joinsAndGroupsGiveWhatPostgresqlGives() {
        try (TestDatabase database = new TestDatabase(2);
                TestSession session = database.session()) {
            session.run("CREATE TABLE a (id int PRIMARY KEY, x text)");
            session.run("CREATE TABLE b (id int PRIMARY KEY, a int, y int)");
            session.run("INSERT INTO a VALUES (1,'p'),(2,'q'),(3,'r')");
            session.run("INSERT INTO b VALUES (1,1,10),(2,1,20),(3,2,30),(4,9,40)");
            assertThat(
                            session.run(
                                    "SELECT x, sum(y) FROM a LEFT JOIN b ON b.a = a.id GROUP BY x"
                                            + " ORDER BY x"))
                    .containsExactly("p|30", "q|30", "r|");
            assertThat(
                            session.run(
                                    "SELECT b.id, x FROM b FULL JOIN a ON b.a = a.id ORDER BY 1,"
                                            + " 2"))
                    .containsExactly("1|p", "2|p", "3|q", "4|", "|r");
            assertThat(
                            session.run(
                                    "SELECT x FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.a ="
                                            + " a.id AND y > 15) ORDER BY x"))
                    .containsExactly("p", "q");
            assertThat(
                            session.run(
                                    "SELECT x FROM a WHERE id IN (SELECT a FROM b) UNION SELECT"
                                            + " 'z' ORDER BY 1"))
                    .containsExactly("p", "q", "z");
            assertThat(
                            session.run(
                                    "SELECT DISTINCT y / 20 AS k, count(*) FROM b GROUP BY y / 20"
                                            + " HAVING count(*) > 1"))
                    .containsExactly("1|2");
        }
    }

    @Test
    void proceduresOfStatementsRunAsOne() {
        try (TestDatabase database = new TestDatabase(2);
                TestSession session = database.session()) {
            session.run("CREATE TABLE account (id bigint PRIMARY KEY, balance bigint)");
            session.run("INSERT INTO account VALUES (1, 100), (2, 100)");
            assertThat(
                            session.run(
                                    "CREATE PROCEDURE pay PARTITION ON TABLE account COLUMN id"
                                            + " AS UPDATE account SET balance = balance - $2"
                                            + " WHERE id = $1"))
                    .containsExactly("CREATE PROCEDURE");
            assertThat(session.run("CALL pay(1, 30)")).containsExactly("CALL");
            assertThat(session.run("SELECT balance FROM account ORDER BY id"))
                    .isEqualTo(List.of("70", "100"));
        }
    }

    @Test
    void aStatementThatCannotBePreparedFailsTheBlock() {
        try (TestDatabase database = new TestDatabase(2);
                TestSession session = database.session()) {
            session.run("CREATE TABLE t (id int PRIMARY KEY)");
            session.run("BEGIN");
            session.run("INSERT INTO t VALUES (1)");
            assertThatThrownBy(() -> session.session().prepare("SELECT no", new int[0]).join())
                    .hasMessageContaining("column \"no\" does not exist");
            assertThat(session.run("SELECT 1").getFirst()).startsWith("ERROR 25P02");
            assertThat(session.run("COMMIT")).containsExactly("ROLLBACK");
            assertThat(session.run("SELECT count(*) FROM t")).containsExactly("0");
        }
    }

    @Test
    void aTextWithAWrongLiteralIsAnsweredBehindASlowStatement() {
        try (TestDatabase database = new TestDatabase(2);
                TestSession session = database.session()) {
            session.run("CREATE TABLE t (id int PRIMARY KEY, d date)");
            Session open = session.session();
            int[] noTypes = {};
            open.prepare("SELECT id FROM t WHERE d = '2024-02-29'", noTypes).join();
            Prepared slow = open.prepare(SLOW, noTypes).join();
            CompletableFuture<Result> slept = open.execute(slow, new Object[0], true);
            CompletableFuture<Prepared> wrong =
                    open.prepare("SELECT id FROM t WHERE d = '2024-02-30'", noTypes);
            assertThat(slept).succeedsWithin(WAIT);
            assertThat(wrong)
                    .failsWithin(WAIT)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            SqlException.class, e -> assertThat(e.position()).isEqualTo(28));
        }
    }
}
