package io.faraddb.node.view;

import io.faraddb.console.sql.SqlAnswer;
import io.faraddb.console.sql.SqlRequest;
import io.faraddb.console.sql.SqlSource;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.TransactionStatus;
import io.faraddb.engine.sql.parse.ParsedStatement;
import io.faraddb.engine.sql.parse.SqlParser;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import io.faraddb.node.engine.EngineFailure;
import io.faraddb.node.engine.NodeEngine;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Statements that come over HTTP, each run in a session of its own. */
@Component
public final class SqlRuns implements SqlSource {

    /** Runs at a time; more are refused with 53300. */
    static final int RUNS_MAX = 64;

    private final NodeEngine node;
    private final Semaphore places = new Semaphore(RUNS_MAX);
    private final Map<Key, Session> running = new ConcurrentHashMap<>();

    private record Key(String user, String id) {}

    /** What runs in a session, until it is done. */
    @FunctionalInterface
    private interface Body {
        void run(Session session) throws InterruptedException;
    }

    public SqlRuns(NodeEngine node) {
        this.node = node;
    }

    @Override
    public SqlAnswer run(String user, SqlRequest request) {
        ResultCollector collector = new ResultCollector(request.rowsMax());
        return inSession(
                user,
                request,
                collector,
                session -> {
                    TransactionStatus status = query(session, request.sql(), request, collector);
                    if (status != TransactionStatus.IDLE) {
                        collector.notice(
                                "WARNING",
                                new SqlException(
                                        ErrorCode.ACTIVE_SQL_TRANSACTION,
                                        "the transaction block was still open and has been rolled"
                                                + " back: each run is a session of its own"));
                    }
                });
    }

    @Override
    public SqlAnswer explain(String user, SqlRequest request) {
        ResultCollector collector = new ResultCollector(request.rowsMax());
        return inSession(
                user,
                request,
                collector,
                session -> {
                    for (ParsedStatement parsed : SqlParser.parseScript(request.sql())) {
                        explain(session, parsed, request, collector);
                    }
                });
    }

    private void explain(
            Session session, ParsedStatement parsed, SqlRequest request, ResultCollector collector)
            throws InterruptedException {
        boolean asked = parsed.statement() instanceof UtilityStatement.Explain;
        String prefix = asked ? "" : "EXPLAIN ";
        try {
            query(session, prefix + parsed.text(), request, collector);
        } catch (SqlException refused) {
            if (refused.position() == 0) {
                throw refused;
            }
            // It is told within one statement; meant is the whole text.
            int characters = request.sql().codePointCount(0, parsed.start());
            throw refused.at(characters + refused.position() - prefix.length());
        }
    }

    private static TransactionStatus query(
            Session session, String sql, SqlRequest request, ResultCollector collector)
            throws InterruptedException {
        try {
            return session.query(sql, collector)
                    .get(request.timeLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw EngineFailure.toSql(failure);
        } catch (TimeoutException late) {
            session.cancel();
            throw new SqlException(
                            ErrorCode.QUERY_CANCELED,
                            "the run took longer than %d s and was cancelled"
                                    .formatted(request.timeLimit().toSeconds()))
                    .hint("Ask for more time, or for less work.");
        }
    }

    private SqlAnswer inSession(
            String user, SqlRequest request, ResultCollector collector, Body body) {
        long since = System.nanoTime();
        SqlException failure = null;
        if (places.tryAcquire()) {
            try {
                failure = attempt(user, request, collector, body);
            } finally {
                places.release();
            }
        } else {
            failure =
                    new SqlException(
                                    ErrorCode.TOO_MANY_CONNECTIONS,
                                    RUNS_MAX + " runs are under way")
                            .hint("Try again in a moment.");
        }
        return new SqlAnswer(
                collector.results(),
                collector.notices(),
                failure == null ? null : Problems.failure(failure),
                TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - since));
    }

    private @Nullable SqlException attempt(
            String user, SqlRequest request, ResultCollector collector, Body body) {
        String id = request.id();
        Key key = id == null || id.isEmpty() ? null : new Key(user, id);
        try (Session session = node.engine().openSession(user, settings(request), collector)) {
            collector.formats(session::formats);
            if (key != null && running.putIfAbsent(key, session) != null) {
                return new SqlException(
                        ErrorCode.DUPLICATE_OBJECT, "a run with the id " + id + " is under way");
            }
            try {
                body.run(session);
                return null;
            } finally {
                if (key != null) {
                    running.remove(key, session);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new SqlException(ErrorCode.QUERY_CANCELED, "canceling statement");
        } catch (RuntimeException failure) {
            return EngineFailure.toSql(failure);
        }
    }

    private static Map<String, String> settings(SqlRequest request) {
        Map<String, String> settings = new HashMap<>();
        settings.put("application_name", request.application());
        settings.put("statement_timeout", Long.toString(request.timeLimit().toMillis()));
        settings.put("default_transaction_read_only", request.readOnly() ? "on" : "off");
        return settings;
    }

    @Override
    public boolean cancel(String user, String id) {
        Session session = running.get(new Key(user, id));
        if (session != null) {
            session.cancel();
        }
        return session != null;
    }
}
