package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.session.Result;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that are larger than what a statement may hold. */
class StreamedReadTest {

    private static final int ROWS = 20_000;
    private static final String SUM_OF_IDS = String.valueOf((long) ROWS * (ROWS + 1) / 2);

    private static final MemoryLimits TWO_MEGABYTES =
            new MemoryLimits() {
                @Override
                public long statementBytesMax() {
                    return 2 << 20;
                }

                @Override
                public boolean heapFull() {
                    return false;
                }

                @Override
                public boolean admits(long more, long all) {
                    return true;
                }
            };

    private final TestDatabase database = new TestDatabase(2, TWO_MEGABYTES);
    private final TestSession session = database.session();
    private final TestSession other = database.session();

    @BeforeEach
    void fill() {
        session.run("CREATE TABLE t (id int PRIMARY KEY, v text NOT NULL)");
        for (int from = 1; from <= ROWS; from += 2_000) {
            session.run(
                    "INSERT INTO t SELECT g, repeat('x', 300) FROM generate_series(%d, %d) g"
                            .formatted(from, from + 1_999));
        }
    }

    @AfterEach
    void close() {
        session.close();
        other.close();
        database.close();
    }

    private Result open(String sql) {
        Prepared read = session.session().prepare(sql, new int[0]).join();
        Result result = session.session().execute(read, new Object[0], true).join();
        session.session().sync().join();
        return result;
    }

    private static long sumOfIds(Result result) {
        long[] sum = new long[1];
        assertThat(
                        result.takeRows(row -> {
                            sum[0] += (Long) row[0];
                            return true;
                        }))
                .isTrue();
        return sum[0];
    }

    @Test
    void itsRowsAreNotHeld() {
        assertThat(session.run("SELECT * FROM t")).hasSize(ROWS);
        assertThat(session.run("COPY t TO STDOUT")).hasSize(ROWS);
        assertThat(session.run("SELECT a.id, b.v FROM t a JOIN t b ON a.id = b.id")).hasSize(ROWS);
    }

    /** A cursor of a block would have to go on seeing what the block had not yet written. */
    @Test
    void inABlockTheyAre() {
        session.run("BEGIN");
        assertThat(session.run("SELECT * FROM t"))
                .containsExactly("ERROR 53200 the statement holds more than 2 MB");
        session.run("ROLLBACK");
    }

    @Test
    void allItsRowsAreOfOneMoment() {
        Result result = open("SELECT id, v FROM t");
        assertThat(result.rows()).hasSizeLessThan(ROWS);
        assertThat(result.more()).isNotNull();
        assertThat(other.run("DELETE FROM t WHERE id <= 3000")).containsExactly("DELETE 3000");
        assertThat(other.run("UPDATE t SET v = '' WHERE id > 17000"))
                .containsExactly("UPDATE 3000");
        assertThat(other.run("DROP TABLE t")).containsExactly("DROP TABLE");
        assertThat(sumOfIds(result)).hasToString(SUM_OF_IDS);
    }

    @Test
    void itsSessionGoesOnMeanwhile() {
        Result result = open("SELECT id, v FROM t");
        assertThat(session.run("DELETE FROM t WHERE id BETWEEN 6 AND 3000"))
                .containsExactly("DELETE 2995");
        Result second = open("SELECT id FROM t WHERE id <= 3000");
        assertThat(sumOfIds(result)).hasToString(SUM_OF_IDS);
        assertThat(sumOfIds(second)).isEqualTo(15);
    }

    @Test
    void aRowThatCannotBeComputedEndsIt() {
        Result result = open("SELECT id, 1 / (id - 19999) FROM t");
        assertThatThrownBy(() -> result.takeRows(row -> true))
                .isInstanceOf(SqlException.class)
                .hasMessageContaining("division by zero");
        assertThat(session.run("SELECT count(*) FROM t")).containsExactly("20000");
    }

    @Test
    void itIsCancelled() {
        Result result = open("SELECT id FROM t WHERE v <> ''");
        session.session().cancel();
        assertThatThrownBy(() -> result.takeRows(row -> true))
                .hasMessageContaining("canceling statement due to user request");
        Result second = open("SELECT id FROM t WHERE v <> 'y'");
        assertThat(sumOfIds(second)).hasToString(SUM_OF_IDS);
    }

    @Test
    void theTimeOfAStatementIsUpWhileItIsRead() throws InterruptedException {
        session.run("SET statement_timeout = 300");
        Result result = open("SELECT id FROM t WHERE v <> ''");
        Thread.sleep(400);
        assertThatThrownBy(() -> result.takeRows(row -> true))
                .hasMessageContaining("canceling statement due to statement timeout");
    }

    @Test
    void theEndOfTheSessionEndsIt() {
        Result result = open("SELECT id FROM t WHERE v <> ''");
        session.close();
        assertThatThrownBy(() -> result.takeRows(row -> true))
                .hasMessageContaining("the session has ended");
    }

    @Test
    void aTakerMayStop() {
        Result result = open("SELECT id FROM t");
        int[] left = {1_500};
        assertThat(result.takeRows(row -> left[0]-- > 0)).isFalse();
        assertThat(result.tag(1_500)).isEqualTo("SELECT 1500");
    }

    @Test
    void aSmallResultIsWhole() {
        Result result = open("SELECT id FROM t WHERE id < 4 ORDER BY id");
        assertThat(result.more()).isNull();
        assertThat(result.tag()).isEqualTo("SELECT 3");
        assertThat(List.of(result.rows().get(0)[0], result.rows().get(2)[0]))
                .containsExactly(1L, 3L);
    }

    @Test
    void rowsOfNoTableAreStreamedToo() {
        assertThat(session.run("SELECT g, repeat('x', 100) FROM generate_series(1, 100000) g"))
                .hasSize(100_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM generate_series(1, 900000000000)",
                "SELECT count(*) FROM t, t u, generate_series(1, 900000000000)"
            })
    void longReadKeepsNoPartitionFromItsWork(String sql) {
        try (TestDatabase single = new TestDatabase(1, TWO_MEGABYTES);
                TestSession counting = single.session();
                TestSession writing = single.session()) {
            writing.run("CREATE TABLE t (id int PRIMARY KEY)");
            writing.run("INSERT INTO t VALUES (-1)");
            CompletableFuture<List<String>> count =
                    CompletableFuture.supplyAsync(() -> counting.run(sql));
            for (int i = 0; i < 1_000 && !count.isDone(); i++) {
                assertThat(writing.run("INSERT INTO t VALUES (" + i + ")"))
                        .containsExactly("INSERT 0 1");
            }
            counting.session().cancel();
            assertThat(count.join())
                    .containsExactly("ERROR 57014 canceling statement due to user request");
            assertThat(writing.run("SELECT count(*) FROM t")).containsExactly("1001");
        }
    }
}
