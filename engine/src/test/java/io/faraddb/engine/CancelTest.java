package io.faraddb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.TestDatabase.TestSession;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SessionListener;
import io.faraddb.engine.sql.bind.Relation.Field;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements that their clients no longer want, on the thread of a partition too. */
@Timeout(60)
class CancelTest {

    /** Runs on one site, for longer than the limit of a site. */
    private static final String ENDLESS =
            "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b";

    private static final String BY_REQUEST = "canceling statement due to user request";
    private static final String BY_TIMEOUT = "canceling statement due to statement timeout";

    private final TestDatabase database = new TestDatabase(2);

    @AfterEach
    void close() {
        database.close();
    }

    /** Cancels until the statement is over, since it may not have begun. */
    private static void cancelUntilOver(Session session, CompletableFuture<?> over) {
        while (!over.isDone()) {
            session.cancel();
            Thread.onSpinWait();
        }
    }

    private static String message(CompletableFuture<?> failed) throws InterruptedException {
        try {
            return "no failure, but " + failed.get();
        } catch (ExecutionException failure) {
            return String.valueOf(failure.getCause());
        }
    }

    @Test
    void aTextThatRunsOnASiteIsCancelled() throws InterruptedException {
        try (TestSession session = database.session()) {
            CompletableFuture<List<String>> run =
                    CompletableFuture.supplyAsync(() -> session.run(ENDLESS));
            cancelUntilOver(session.session(), run);
            assertThat(run.join()).containsExactly("ERROR 57014 " + BY_REQUEST);
            assertThat(session.run("SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void preparedStatementsThatRunOnASiteAreCancelledTogether() throws InterruptedException {
        try (TestSession session = database.session()) {
            Prepared endless = session.session().prepare(ENDLESS, new int[0]).join();
            Prepared brief = session.session().prepare("SELECT 1", new int[0]).join();
            CompletableFuture<Result> first =
                    session.session().execute(endless, new Object[0], true);
            CompletableFuture<Result> second =
                    session.session().execute(endless, new Object[0], true);
            cancelUntilOver(session.session(), CompletableFuture.allOf(first, second));
            assertThat(message(first)).contains(BY_REQUEST);
            session.session().sync().join();
            assertThat(session.session().execute(brief, new Object[0], true).join().tag())
                    .isEqualTo("SELECT 1");
        }
    }

    @Test
    void aCancellationDuringPlanningHoldsForWhatIsPlanned() throws InterruptedException {
        try (TestSession session = database.session()) {
            CompletableFuture<Prepared> planning =
                    session.session().prepare(ENDLESS + " WHERE a.a + b.b = 0", new int[0]);
            session.session().cancel();
            CompletableFuture<Result> run =
                    session.session().execute(planning.join(), new Object[0], true);
            assertThat(message(run)).contains(BY_REQUEST);
            session.session().sync().join();
            assertThat(session.run("SELECT 1")).containsExactly("1");
        }
    }

    /** Of a statement that has none. */
    private static final class NoResults implements Session.ResultListener {
        @Override
        public void result(Result result) {
            throw new AssertionError(result.tag());
        }

        @Override
        public void empty() {
            throw new AssertionError("there was a statement");
        }
    }

    @Test
    void aCancellationDuringTheReadingOfATextHoldsForIt() throws InterruptedException {
        try (TestSession session = database.session()) {
            CompletableFuture<?> run =
                    session.session().query(ENDLESS + " WHERE a.a + b.b = 1", new NoResults());
            session.session().cancel();
            assertThat(message(run)).contains(BY_REQUEST);
        }
    }

    @Test
    void aCancellationOfAnIdleSessionDoesNothing() throws InterruptedException {
        try (TestSession session = database.session()) {
            session.session().cancel();
            String counting = "SELECT count(*) FROM generate_series(1, 100000)";
            assertThat(session.run(counting)).containsExactly("100000");
            session.session().cancel();
            Prepared again = session.session().prepare(counting, new int[0]).join();
            assertThat(session.session().execute(again, new Object[0], true).join().tag())
                    .isEqualTo("SELECT 1");
        }
    }

    @Test
    void theTimeoutOfStatementsHoldsOnASite() throws InterruptedException {
        try (TestSession session = database.session()) {
            session.run("SET statement_timeout = 50");
            assertThat(session.run(ENDLESS)).containsExactly("ERROR 57014 " + BY_TIMEOUT);
            Prepared endless = session.session().prepare(ENDLESS, new int[0]).join();
            CompletableFuture<Result> run = session.session().execute(endless, new Object[0], true);
            assertThat(message(run)).contains(BY_TIMEOUT);
        }
    }

    /** A client that sends rows for as long as it is let. */
    private static final class EndlessCopy implements SessionListener {
        @Override
        public void notice(String severity, SqlException notice) {}

        @Override
        public void settingChanged(Session.Setting setting) {}

        @Override
        public void copyIn(String table, List<Field> fields, CopyOptions options, RowSink sink) {
            for (long id = 0; ; id++) {
                sink.row(new Object[] {id});
            }
        }
    }

    @Test
    void theTimeoutOfStatementsEndsACopy() throws InterruptedException {
        try (TestSession other = database.session()) {
            other.run("CREATE TABLE t (id int PRIMARY KEY)");
            Session session =
                    database.engine()
                            .openSession(
                                    "admin", Map.of("statement_timeout", "50"), new EndlessCopy());
            Prepared copy = session.prepare("COPY t FROM STDIN", new int[0]).join();
            assertThat(message(session.execute(copy, new Object[0], true))).contains(BY_TIMEOUT);
            session.close();
            assertThat(other.run("SELECT count(*) FROM t")).containsExactly("0");
        }
    }

    /** As if its client had waited: only what nobody has begun is given up. */
    @Test
    void theEndOfASessionDoesNotEndWhatASiteRuns() {
        Session session = database.session().session();
        try (TestSession other = database.session()) {
            other.run("CREATE TABLE t (v int)");
            Prepared insert =
                    session.prepare(
                                    "INSERT INTO t SELECT 1 FROM generate_series(1, 300000) g"
                                            + " HAVING count(*) > 0",
                                    new int[0])
                            .join();
            CompletableFuture<Result> run = session.execute(insert, new Object[0], true);
            session.close();
            assertThat(run.join().tag()).isEqualTo("INSERT 0 1");
            assertThat(other.run("SELECT * FROM t")).containsExactly("1");
        }
    }
}
