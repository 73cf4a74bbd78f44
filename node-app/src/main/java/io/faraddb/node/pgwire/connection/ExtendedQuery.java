package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Prepared;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.Session;
import io.faraddb.engine.session.SkippedException;
import io.faraddb.engine.session.TransactionStatus;
import io.faraddb.node.pgwire.codec.BindReader;
import io.faraddb.node.pgwire.codec.FrontendMessage;
import io.netty.buffer.ByteBuf;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The extended query protocol: prepared statements and portals of a connection. Belongs to its
 * event loop.
 *
 * <p>Questions are handled ahead of the answers to those before them. Methods that return false
 * could not tell yet what the client means, such as a portal that ends if a transaction in flight
 * ends: they did nothing and want to be called again when no answer is in flight.
 */
final class ExtendedQuery {

    private static final short[] ALL_TEXT = {};

    private final Session session;
    private final Answers answers;
    private final Connection connection;
    private final Map<String, Statement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    // Those without a name, by far the most used.
    private @Nullable Statement statement;
    private @Nullable Portal portal;
    private long syncs;
    private boolean executedSinceSync;

    ExtendedQuery(Session session, Answers answers, Connection connection) {
        this.session = session;
        this.answers = answers;
        this.connection = connection;
    }

    boolean parse(FrontendMessage.Parse message) {
        String name = message.statement();
        if (name.isEmpty()) {
            statement = null;
        } else {
            Statement known = statements.get(name);
            if (known != null && !answers.isEmpty()) {
                return false;
            }
            if (known != null) {
                throw new SqlException(
                        ErrorCode.DUPLICATE_PREPARED_STATEMENT,
                        "prepared statement \"" + name + "\" already exists");
            }
            checkRoom(statements, "prepared statements");
        }
        CompletableFuture<Prepared> prepared =
                session.prepare(message.sql(), message.parameterOids());
        if (prepared.isDone()) {
            parsed(name, prepared);
        } else {
            connection.waitFor(prepared, () -> parsed(name, prepared));
        }
        return true;
    }

    private static void checkRoom(Map<String, ?> named, String what) {
        if (named.size() >= PgServerConfig.STATEMENTS_MAX) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED, "too many " + what + " in a session")
                    .detail("There are " + named.size() + ".")
                    .hint("Close those that are no longer needed.");
        }
    }

    private void parsed(String name, CompletableFuture<Prepared> prepared) {
        if (prepared.state() != Future.State.SUCCESS) {
            Throwable failure = prepared.exceptionNow();
            connection.ignoreUntilSync();
            if (!(failure instanceof SkippedException)) {
                answers.add(new ErrorAnswer(Failures.toSql(failure)));
            }
            return;
        }
        Statement made = new Statement(prepared.resultNow());
        if (name.isEmpty()) {
            statement = made;
            answers.add(FixedAnswer.PARSE_COMPLETE);
        } else {
            statements.put(name, made);
            answers.add(
                    FixedAnswer.PARSE_COMPLETE.with(() -> {}, () -> statements.remove(name, made)));
        }
    }

    boolean bind(ByteBuf body) {
        BindReader reader = new BindReader(body);
        Statement used = findStatement(reader.statement());
        if (used.closing && !answers.isEmpty()) {
            return false;
        }
        String name = reader.portal();
        if (!name.isEmpty()) {
            Portal known = portals.get(name);
            if (known != null && !answers.isEmpty()) {
                return false;
            }
            if (known != null) {
                throw new SqlException(
                        ErrorCode.DUPLICATE_CURSOR, "cursor \"" + name + "\" already exists");
            }
            checkRoom(portals, "portals");
        }
        @Nullable Object[] values = reader.values(used.prepared.parameters(), connection.formats());
        Portal made = new Portal(used, values, reader.resultFormats(), syncs);
        if (name.isEmpty()) {
            portal = made;
            answers.add(FixedAnswer.BIND_COMPLETE);
        } else {
            portals.put(name, made);
            answers.add(FixedAnswer.BIND_COMPLETE.with(() -> {}, () -> portals.remove(name, made)));
        }
        return true;
    }

    private Statement findStatement(String name) {
        Statement found = name.isEmpty() ? statement : statements.get(name);
        if (found != null) {
            return found;
        }
        throw new SqlException(
                ErrorCode.INVALID_SQL_STATEMENT_NAME,
                name.isEmpty()
                        ? "unnamed prepared statement does not exist"
                        : "prepared statement \"" + name + "\" does not exist");
    }

    private Portal findPortal(String name) {
        Portal found = name.isEmpty() ? portal : portals.get(name);
        if (found == null) {
            throw new SqlException(
                    ErrorCode.INVALID_CURSOR_NAME, "portal \"" + name + "\" does not exist");
        }
        return found;
    }

    boolean describe(FrontendMessage.Describe message) {
        if (message.portal()) {
            Portal found = findPortal(message.name());
            if (found.sync != syncs && !answers.isEmpty()) {
                return false;
            }
            answers.add(new DescribeAnswer(found.prepared(), false, found.resultFormats));
            return true;
        }
        Statement found = findStatement(message.name());
        if (found.closing && !answers.isEmpty()) {
            return false;
        }
        answers.add(new DescribeAnswer(found.prepared, true, ALL_TEXT));
        return true;
    }

    /**
     * @param syncFollows whether the next message is a sync
     */
    boolean execute(FrontendMessage.Execute message, boolean syncFollows) {
        Portal found = findPortal(message.portal());
        if (found.sync != syncs && !answers.isEmpty()) {
            return false;
        }
        if (found.prepared().empty()) {
            answers.add(FixedAnswer.EMPTY_QUERY);
            return true;
        }
        CompletableFuture<Result> result = found.result;
        if (result != null) {
            answers.add(answer(message, found, result));
            return true;
        }
        boolean alone = syncFollows && !executedSinceSync;
        executedSinceSync = true;
        if (!found.statement.mayCopy) {
            result = session.execute(found.prepared(), found.parameters, alone);
            found.result = result;
            answers.add(answer(message, found, result));
            return true;
        }
        Events events = connection.block();
        result = session.execute(found.prepared(), found.parameters, alone);
        found.result = result;
        answers.add(
                new CopyExecuteAnswer(connection, result, events, answer(message, found, result)));
        return true;
    }

    private ExecuteAnswer answer(
            FrontendMessage.Execute message, Portal found, CompletableFuture<Result> result) {
        return new ExecuteAnswer(connection, message.portal(), found, result, message.rowsMax());
    }

    void close(FrontendMessage.Close message) {
        String name = message.name();
        if (message.portal()) {
            Portal closed = name.isEmpty() ? portal : portals.get(name);
            answers.add(
                    FixedAnswer.CLOSE_COMPLETE.with(() -> removePortal(name, closed), () -> {}));
            return;
        }
        Statement closed = name.isEmpty() ? statement : statements.get(name);
        if (closed != null) {
            closed.closing = true;
        }
        answers.add(
                FixedAnswer.CLOSE_COMPLETE.with(
                        () -> removeStatement(name, closed),
                        () -> {
                            if (closed != null) {
                                closed.closing = false;
                            }
                        }));
    }

    private void removePortal(String name, @Nullable Portal closed) {
        if (name.isEmpty()) {
            portal = portal == closed ? null : portal;
        } else if (closed != null) {
            portals.remove(name, closed);
        }
    }

    private void removeStatement(String name, @Nullable Statement closed) {
        if (name.isEmpty()) {
            statement = statement == closed ? null : statement;
        } else if (closed != null) {
            statements.remove(name, closed);
        }
    }

    void sync() {
        syncs++;
        executedSinceSync = false;
        answers.add(new SyncAnswer(session.sync(), syncs, connection));
    }

    /** Whether no sync has come after the one of this number. */
    boolean isSince(long sync) {
        return sync == syncs;
    }

    /** A simple query throws away what has no name. */
    void queryBegins() {
        statement = null;
        portal = null;
        syncs++;
        executedSinceSync = false;
    }

    /**
     * The client was told a status: portals end with their transaction.
     *
     * @param sync those made before this one have ended
     */
    void ready(TransactionStatus status, long sync) {
        if (status != TransactionStatus.IDLE) {
            return;
        }
        if (portal != null && portal.sync < sync) {
            portal = null;
        }
        if (!portals.isEmpty()) {
            portals.values().removeIf(ended -> ended.sync < sync);
        }
    }
}
