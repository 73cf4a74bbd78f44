package io.faraddb.engine.session;

import io.faraddb.engine.type.FormatSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client's conversation with the engine.
 *
 * <p>Called by one thread at a time (a connection's event loop); no method blocks. Operations take
 * effect in the order of the calls; their futures may complete on any thread of the engine, in
 * batches, and a later one before an earlier one: keeping answers in order is the caller's. Futures
 * fail with {@link io.faraddb.engine.error.SqlException}, or with {@link SkippedException} for what
 * follows a failed operation before the next {@link #sync}.
 */
public interface Session extends AutoCloseable {

    /**
     * Parses and plans one statement; done at once when the plan is cached.
     *
     * @param sql one statement, or none: then {@link Prepared#empty}
     * @param parameterOids types that the client gives, 0 for those to infer; may be shorter
     */
    CompletableFuture<Prepared> prepare(String sql, int[] parameterOids);

    /**
     * Runs a statement.
     *
     * @param parameters values as {@link io.faraddb.engine.type.TypeKind} documents them, of the
     *     types of {@link Prepared#parameters}
     * @param alone whether a sync follows at once, so that outside of a transaction block the
     *     statement is a transaction of its own; otherwise all until the sync are one transaction
     */
    CompletableFuture<Result> execute(
            Prepared prepared, @Nullable Object[] parameters, boolean alone);

    /**
     * Ends an implicit transaction, forgets a failure, and tells the status after all before it.
     */
    CompletableFuture<TransactionStatus> sync();

    /**
     * The simple query protocol: one or more statements as one implicit transaction, results to the
     * listener as they come (on a virtual thread), the future when all are done or one failed.
     */
    CompletableFuture<TransactionStatus> query(String sql, ResultListener results);

    /**
     * The front end refused an operation itself, such as a parameter that is no number. Like a
     * failed operation: an open transaction fails, what follows is skipped until the next {@link
     * #sync}.
     */
    void fail();

    /** The number that clients cancel by, as pg_backend_pid() gives it. */
    int backendId();

    /** The settings that values' texts depend on, as they are now; for parameters and results. */
    FormatSettings formats();

    /** Cancels what runs now (57014); from any thread. */
    void cancel();

    /** Rolls back and frees what the session holds. From any thread. */
    @Override
    void close();

    /** Settings that clients are told of at the start, as name and value, in order. */
    List<Setting> reportedSettings();

    /** A value of a setting as SHOW prints it. */
    record Setting(String name, String value) {}

    /** Takes the results of {@link #query}, one call at a time. */
    interface ResultListener {
        /** A statement is done. */
        void result(Result result);

        /** An empty query string. */
        void empty();
    }
}
