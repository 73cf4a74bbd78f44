package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.memory.MemoryLimits;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryLimitsTest {

    private static final String FULL = "ERROR 53200 the node's heap is full";
    private static final String TOO_MUCH = "ERROR 53200 the statement holds more than 2 MB";

    private final Limits limits = new Limits();
    private final TestDatabase database = new TestDatabase(2, limits);
    private final TestSession session = database.session();

    private static final class Limits implements MemoryLimits {
        private volatile boolean full;

        @Override
        public long statementBytesMax() {
            return 2 << 20;
        }

        @Override
        public boolean heapFull() {
            return full;
        }

        @Override
        public boolean admits(long more, long all) {
            return !full;
        }
    }

    @AfterEach
    void close() {
        session.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM (SELECT DISTINCT g FROM generate_series(1, 1000000) g) d",
                "SELECT g FROM generate_series(1, 1000000) g ORDER BY g OFFSET 999999",
                "SELECT g FROM generate_series(1, 1000000) g ORDER BY g LIMIT 1 OFFSET 900000",
                "SELECT count(*) FROM (SELECT g FROM generate_series(1, 1000000) g GROUP BY g) d",
                "SELECT count(DISTINCT g) FROM generate_series(1, 1000000) g",
                "SELECT length(string_agg(g::text, ',')) FROM generate_series(1, 1000000) g",
                "SELECT array_length(array_agg(g), 1) FROM generate_series(1, 1000000) g",
                "SELECT count(*) FROM generate_series(1, 3) a FULL JOIN"
                        + " generate_series(1, 1000000) b ON a = b",
                "SELECT count(*) FROM (SELECT g FROM generate_series(1, 1000000) g UNION SELECT 1)"
                        + " u",
                "SELECT 1 EXCEPT SELECT g FROM generate_series(1, 1000000) g",
                "SELECT (SELECT count(*) FROM (SELECT generate_series(1, 1000000)) s)",
                "INSERT INTO t SELECT g, 'x' FROM generate_series(1, 1000000) g",
            })
    void aStatementThatHoldsTooMuchIsEnded(String statement) {
        session.run("CREATE TABLE t (id int PRIMARY KEY, v text)");
        assertThat(session.run(statement)).containsExactly(TOO_MUCH);
        assertThat(session.run("SELECT count(*) FROM t")).containsExactly("0");
    }

    /** Rows are given as the client takes them, but in a transaction block. */
    @Test
    void anAnswerIsHeldInATransactionBlockOnly() {
        String statement = "SELECT repeat('x', 100000) FROM generate_series(1, 1000)";
        // First how many: a failure would print all rows.
        assertThat(session.run(statement).size()).isEqualTo(1000);
        session.run("BEGIN");
        List<String> inBlock = session.run(statement);
        assertThat(inBlock.size()).isEqualTo(1);
        assertThat(inBlock).containsExactly(TOO_MUCH);
        session.run("ROLLBACK");
    }

    @Test
    void fewRowsAreHeldWhateverTheyTake() {
        assertThat(session.run("SELECT length(v) FROM (SELECT repeat('x', 4000000) AS v) t"))
                .containsExactly("4000000");
    }

    @Test
    void whenTheHeapIsFullRowsMayGoAndBeRead() {
        session.run("CREATE TABLE t (id int PRIMARY KEY, v text)");
        session.run("INSERT INTO t SELECT g, 'x' FROM generate_series(1, 10) g");
        limits.full = true;
        assertThat(session.run("INSERT INTO t VALUES (11, 'x')")).containsExactly(FULL);
        assertThat(session.run("UPSERT INTO t VALUES (1, 'y')")).containsExactly(FULL);
        assertThat(session.run("UPDATE t SET v = 'y'")).containsExactly(FULL);
        assertThat(session.run("ALTER TABLE t ADD UNIQUE (v)")).containsExactly(FULL);
        assertThat(session.run("SELECT count(*) FROM t WHERE v = 'x'")).containsExactly("10");
        assertThat(session.run("SELECT * FROM generate_series(1, 100000) g ORDER BY g"))
                .containsExactly(
                        "ERROR 53200 the node's heap has no room for the 1 MB that the statement"
                                + " holds");
        assertThat(session.run("DELETE FROM t WHERE id < 9")).containsExactly("DELETE 8");
        assertThat(session.run("TRUNCATE t")).containsExactly("TRUNCATE TABLE");
        assertThat(session.run("DROP TABLE t")).containsExactly("DROP TABLE");
        limits.full = false;
        assertThat(session.run("CREATE TABLE t (id int PRIMARY KEY)"))
                .containsExactly("CREATE TABLE");
        assertThat(session.run("INSERT INTO t VALUES (1)")).containsExactly("INSERT 0 1");
    }
}
