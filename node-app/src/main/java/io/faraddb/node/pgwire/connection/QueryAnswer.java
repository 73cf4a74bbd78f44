package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.TransactionStatus;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.node.engine.EngineFailure;
import io.faraddb.node.pgwire.codec.BackendWriter;
import io.faraddb.node.pgwire.codec.RowWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The answer to a simple query: results of its statements, then ReadyForQuery. */
final class QueryAnswer extends StreamAnswer {

    private static final short[] ALL_TEXT = {};

    private final CompletableFuture<TransactionStatus> done;
    private @Nullable ResultSender sender;
    private boolean unprintable;
    private @Nullable CompletableFuture<TransactionStatus> statusAfterFailure;

    QueryAnswer(Connection connection, CompletableFuture<TransactionStatus> done, Events events) {
        super(connection, done, events);
        this.done = done;
    }

    @Override
    public @Nullable CompletableFuture<?> pending() {
        CompletableFuture<?> rows = sender == null ? null : sender.pending();
        if (rows != null) {
            return rows;
        }
        return statusAfterFailure != null ? statusAfterFailure : done;
    }

    @Override
    Progress write(Events.Event event, Output out) {
        if (unprintable) {
            return Progress.DONE;
        }
        try {
            return writePrintable(event, out);
        } catch (SqlException failure) {
            unprintable = true;
            sender = null;
            connection.failSession();
            connection.writeError(failure);
            return Progress.DONE;
        }
    }

    private Progress writePrintable(Events.Event event, Output out) {
        if (event instanceof Events.EmptyStatement) {
            BackendWriter.emptyQueryResponse(out.buffer());
            return Progress.DONE;
        }
        if (!(event instanceof Events.StatementDone(Result result))) {
            return super.write(event, out);
        }
        ResultSender current = sender;
        if (current == null) {
            current = begin(result, out);
            sender = current;
        }
        Progress progress = current.sendTo(Long.MAX_VALUE, out);
        if (progress == Progress.DONE) {
            sender = null;
            BackendWriter.commandComplete(out.buffer(), current.tag());
        }
        return progress;
    }

    private ResultSender begin(Result result, Output out) {
        List<Field> fields = result.fields();
        RowWriter writer = null;
        if (fields != null && result.copy() == null) {
            writer = new RowWriter(fields, ALL_TEXT);
            BackendWriter.rowDescription(out.buffer(), fields, ALL_TEXT);
        }
        return ResultSender.of(result, writer, connection.formats());
    }

    @Override
    Progress end(Output out) {
        if (done.state() == Future.State.SUCCESS && !unprintable) {
            return ready(done.resultNow(), out);
        }
        if (statusAfterFailure == null) {
            if (!unprintable) {
                connection.writeError(EngineFailure.toSql(done.exceptionNow()));
            }
            statusAfterFailure = connection.sync();
        }
        if (!statusAfterFailure.isDone()) {
            return Progress.WAITING;
        }
        boolean known = statusAfterFailure.state() == Future.State.SUCCESS;
        return ready(known ? statusAfterFailure.resultNow() : TransactionStatus.IDLE, out);
    }

    private Progress ready(TransactionStatus status, Output out) {
        BackendWriter.readyForQuery(out.buffer(), status.code());
        connection.unblock();
        connection.ready(status, Long.MAX_VALUE);
        return Progress.DONE;
    }
}
