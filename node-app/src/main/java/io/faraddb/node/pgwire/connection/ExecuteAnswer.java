package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.SkippedException;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.node.engine.EngineFailure;
import io.faraddb.node.pgwire.codec.BackendWriter;
import io.faraddb.node.pgwire.codec.RowWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** The rows and the tag of a portal's run, or of its next part. */
final class ExecuteAnswer implements Answer {

    private final Connection connection;
    private final String portalName;
    private final Portal portal;
    private final CompletableFuture<Result> result;
    private final int rowsMax;
    private long first;
    private boolean begun;

    ExecuteAnswer(
            Connection connection,
            String portalName,
            Portal portal,
            CompletableFuture<Result> result,
            int rowsMax) {
        this.connection = connection;
        this.portalName = portalName;
        this.portal = portal;
        this.result = result;
        this.rowsMax = rowsMax;
    }

    @Override
    public CompletableFuture<?> pending() {
        CompletableFuture<?> rows = portal.sender == null ? null : portal.sender.pending();
        return rows == null ? result : rows;
    }

    @Override
    public Progress write(Output out) {
        if (!result.isDone()) {
            return Progress.WAITING;
        }
        if (result.state() != Future.State.SUCCESS) {
            Throwable failure = result.exceptionNow();
            if (!(failure instanceof SkippedException)) {
                connection.writeError(EngineFailure.toSql(failure));
            }
            return Progress.FAILED;
        }
        try {
            return write(out, result.resultNow());
        } catch (SqlException unprintable) {
            connection.failSessionBefore(portal.sync);
            connection.writeError(unprintable);
            return Progress.FAILED;
        }
    }

    private Progress write(Output out, Result done) {
        ResultSender sender = portal.sender;
        if (sender == null) {
            List<Field> fields = done.fields();
            RowWriter writer =
                    fields == null
                            ? null
                            : portal.statement.rowWriter(fields, portal.resultFormats);
            sender = ResultSender.of(done, writer, connection.formats());
            portal.sender = sender;
        } else if (!begun && done.fields() == null) {
            throw new SqlException(
                    ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                    "portal \"" + portalName + "\" cannot be run");
        }
        if (!begun) {
            begun = true;
            first = sender.sent();
        }
        Progress progress = sender.sendTo(rowsMax <= 0 ? Long.MAX_VALUE : first + rowsMax, out);
        if (progress != Progress.DONE) {
            return progress;
        }
        if (sender.hasMore() && done.copy() == null) {
            BackendWriter.portalSuspended(out.buffer());
        } else {
            BackendWriter.commandComplete(out.buffer(), tag(sender));
        }
        return Progress.DONE;
    }

    /** The tag of a SELECT counts the rows of its last part only. */
    private String tag(ResultSender sender) {
        String tag = sender.tag();
        return first > 0 && tag.startsWith("SELECT ") ? "SELECT " + (sender.sent() - first) : tag;
    }
}
