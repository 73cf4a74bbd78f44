package io.faraddb.node.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.console.sql.SqlAnswer;
import io.faraddb.console.sql.SqlRequest;
import io.faraddb.console.sql.SqlSource;
import io.faraddb.node.TestNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements that come over HTTP, on a real node. */
@Timeout(60)
class SqlRunsTest {

    private static final String USER = "admin";

    /** Longer than any test waits. */
    private static final String ENDLESS =
            "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b";

    @TempDir static Path dataDir;

    private static TestNode node;
    private static SqlSource source;

    @BeforeAll
    static void start() throws IOException {
        node = TestNode.start(dataDir, "--farad.limits.execution-time=60s");
        source = node.bean(SqlSource.class);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static SqlRequest request(String sql) {
        return new SqlRequest(null, sql, "test", 100, Duration.ofSeconds(30), false);
    }

    private static SqlAnswer run(String sql) {
        return source.run(USER, request(sql));
    }

    private static SqlAnswer.Failure failure(SqlAnswer answer) {
        SqlAnswer.Failure failure = answer.failure();
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void eachStatementHasItsResult() {
        SqlAnswer answer =
                run(
                        "create table t (id int primary key, v text);"
                                + "insert into t values (1, 'a'), (2, null);"
                                + "select * from t order by id");
        assertThat(answer.failure()).isNull();
        assertThat(answer.results())
                .extracting(SqlAnswer.Result::tag)
                .containsExactly("CREATE TABLE", "INSERT 0 2", "SELECT 2");
        assertThat(answer.results().getLast().rows())
                .containsExactly(List.of(1L, "a"), Arrays.asList(2L, null));
    }

    @Test
    void valuesAreTold() {
        List<@Nullable Object> row =
                run("select '\\xdead'::bytea, 1.50::numeric, true, null, '', 9007199254740993,"
                                + " current_setting('application_name')")
                        .results()
                        .getFirst()
                        .rows()
                        .getFirst();
        assertThat(row)
                .containsExactly("\\xdead", "1.50", true, null, "", 9007199254740993L, "test");
    }

    @Test
    void whatIsBeforeAMistakeIsToldAndThePlaceIsInTheWholeText() {
        SqlAnswer answer = run("select 1;\nselect nowhere from t_that_is_not");
        assertThat(failure(answer).sqlState()).isEqualTo("42P01");
        assertThat(failure(answer).position()).isEqualTo(31);
    }

    @Test
    void plansAreToldWithoutRunningAnything() {
        run("create table planned (id int primary key)");
        SqlAnswer plan =
                source.explain(
                        USER,
                        request("insert into planned values (1); explain select * from planned"));
        assertThat(plan.failure()).isNull();
        assertThat(plan.results())
                .extracting(SqlAnswer.Result::tag)
                .containsExactly("EXPLAIN", "EXPLAIN");
        assertThat(run("select * from planned").results().getFirst().rows()).isEmpty();
    }

    @Test
    void aMistakeInAPlanHasItsPlaceInTheWholeText() {
        SqlAnswer answer = source.explain(USER, request("select 1; select wrong"));
        assertThat(failure(answer).sqlState()).isEqualTo("42703");
        assertThat(failure(answer).position()).isEqualTo(18);
    }

    @Test
    void moreRowsThanAskedForAreCutAndSaidToBe() {
        SqlAnswer answer = run("select * from generate_series(1, 101)");
        assertThat(answer.results().getFirst().rows()).hasSize(100);
        assertThat(answer.results().getFirst().truncated()).isTrue();
        assertThat(run("select * from generate_series(1, 100)").results().getFirst().truncated())
                .isFalse();
    }

    @Test
    void whatOnlyReadsMayNotWrite() {
        run("create table kept (id int primary key)");
        SqlRequest reading =
                new SqlRequest(
                        null,
                        "insert into kept values (1)",
                        "test",
                        1,
                        Duration.ofSeconds(30),
                        true);
        assertThat(failure(source.run(USER, reading)).sqlState()).isEqualTo("25006");
        assertThat(run("select count(*) from kept").results().getFirst().rows())
                .containsExactly(List.of(0L));
    }

    @Test
    void aBlockThatStaysOpenIsRolledBackAndSaidToBe() {
        run("create table open_block (id int primary key)");
        SqlAnswer answer = run("begin; insert into open_block values (1)");
        assertThat(answer.notices())
                .extracting(SqlAnswer.Notice::severity)
                .containsExactly("WARNING");
        assertThat(run("select count(*) from open_block").results().getFirst().rows())
                .containsExactly(List.of(0L));
    }

    @Test
    void whatTakesTooLongIsCancelled() {
        SqlRequest brief = new SqlRequest(null, ENDLESS, "test", 1, Duration.ofMillis(200), false);
        assertThat(failure(source.run(USER, brief)).sqlState()).isEqualTo("57014");
    }

    private static SqlRequest named(String sql) {
        return new SqlRequest("run-1", sql, "test", 1, Duration.ofSeconds(50), false);
    }

    private static CompletableFuture<SqlAnswer> begin(Executor threads) {
        return CompletableFuture.supplyAsync(() -> source.run(USER, named(ENDLESS)), threads);
    }

    @Test
    void aRunIsCancelledByItsNumberAndByItsUserOnly() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<SqlAnswer> answer = begin(threads);
            SqlAnswer second = source.run(USER, named("select 1"));
            while (second.failure() == null) {
                if (answer.isDone()) {
                    // The other one had the number at that moment.
                    answer = begin(threads);
                }
                second = source.run(USER, named("select 1"));
            }
            assertThat(failure(second).sqlState()).isEqualTo("42710");
            assertThat(source.cancel("somebody", "run-1")).isFalse();
            while (!answer.isDone()) {
                source.cancel(USER, "run-1");
                Thread.onSpinWait();
            }
            assertThat(failure(answer.get()).message()).contains("user request");
        }
        assertThat(source.cancel(USER, "run-1")).isFalse();
    }

    @Test
    void nothingIsAnAnswerToo() {
        assertThat(run("").results()).isEmpty();
        assertThat(run("").failure()).isNull();
        assertThat(run("-- nothing").failure()).isNull();
    }
}
