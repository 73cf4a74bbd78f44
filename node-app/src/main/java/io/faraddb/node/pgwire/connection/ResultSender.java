package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.session.RowStream;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.node.engine.EngineFailure;
import io.faraddb.node.pgwire.codec.BackendWriter;
import io.faraddb.node.pgwire.codec.RowWriter;
import io.faraddb.node.pgwire.connection.Answer.Progress;
import io.faraddb.node.pgwire.copy.CopyWriter;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Sends a result's rows, as far as the client reads and as many as it asked for. While rows of a
 * stream are sent, the next part is computed.
 */
final class ResultSender {

    private final Result result;
    private final @Nullable RowWriter rowWriter;
    private final @Nullable CopyWriter copyWriter;
    private final FormatSettings settings;
    private List<@Nullable Object[]> part;
    private @Nullable CompletableFuture<RowStream.Part> nextPart;
    private int next;
    private long sent;
    private boolean begun;

    private ResultSender(
            Result result,
            @Nullable RowWriter rowWriter,
            @Nullable CopyWriter copyWriter,
            FormatSettings settings) {
        this.result = result;
        this.rowWriter = rowWriter;
        this.copyWriter = copyWriter;
        this.settings = settings;
        this.part = result.rows();
        this.nextPart = result.more() == null ? null : result.more().next();
    }

    /**
     * @param rowWriter null if the result gives no rows or is that of COPY TO
     */
    static ResultSender of(Result result, @Nullable RowWriter rowWriter, FormatSettings settings) {
        CopyOptions copy = result.copy();
        List<Field> fields = result.fields();
        if (copy == null || fields == null) {
            return new ResultSender(result, fields == null ? null : rowWriter, null, settings);
        }
        return new ResultSender(result, null, new CopyWriter(copy, fields, settings), settings);
    }

    long sent() {
        return sent;
    }

    /** Whether rows are left, as far as that is known without computing one. */
    boolean hasMore() {
        return next < part.size() || nextPart != null;
    }

    /** What {@link Progress#WAITING} waits for; null if all rows are here. */
    @Nullable CompletableFuture<?> pending() {
        return nextPart;
    }

    /** The tag of all that was sent. */
    String tag() {
        return result.more() == null ? result.tag() : result.tag(sent);
    }

    /**
     * Sends rows up to the one of this number, or to the last.
     *
     * @return never FAILED
     * @throws SqlException if a row can't be computed or printed
     */
    Progress sendTo(long end, Output out) {
        if (copyWriter != null) {
            return copy(copyWriter, out);
        }
        return rowWriter == null ? Progress.DONE : send(end, out, rowWriter);
    }

    private Progress send(long end, Output out, RowWriter writer) {
        while (sent < end) {
            @Nullable Object[] row = take();
            if (row == null) {
                return nextPart == null ? Progress.DONE : Progress.WAITING;
            }
            writer.write(out.buffer(), row, settings);
            if (sent < end && hasMore() && out.full()) {
                return Progress.FULL;
            }
        }
        return Progress.DONE;
    }

    private Progress copy(CopyWriter writer, Output out) {
        if (!begun) {
            begun = true;
            BackendWriter.copyOut(out.buffer(), writer.binary(), writer.columns());
            copyData(out.buffer(), writer::header);
        }
        @Nullable Object[] taken = take();
        while (taken != null) {
            @Nullable Object[] row = taken;
            copyData(out.buffer(), buffer -> writer.row(buffer, row));
            if (out.full()) {
                return Progress.FULL;
            }
            taken = take();
        }
        if (nextPart != null) {
            return Progress.WAITING;
        }
        copyData(out.buffer(), writer::trailer);
        BackendWriter.copyDone(out.buffer());
        return Progress.DONE;
    }

    /** The next row; null if none is here now. */
    private @Nullable Object @Nullable [] take() {
        if (next == part.size() && !nextPartIsHere()) {
            return null;
        }
        sent++;
        return part.get(next++);
    }

    private boolean nextPartIsHere() {
        while (nextPart != null && nextPart.isDone()) {
            if (nextPart.state() != Future.State.SUCCESS) {
                throw EngineFailure.toSql(nextPart.exceptionNow());
            }
            RowStream.Part taken = nextPart.resultNow();
            RowStream more = result.more();
            part = taken.rows();
            next = 0;
            nextPart = taken.last() || more == null ? null : more.next();
            if (!part.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** A CopyData message, if there is something in it. */
    private static void copyData(ByteBuf buffer, java.util.function.Consumer<ByteBuf> content) {
        int begin = buffer.writerIndex();
        int start = BackendWriter.copyDataBegin(buffer);
        int empty = buffer.writerIndex();
        content.accept(buffer);
        if (buffer.writerIndex() == empty) {
            buffer.writerIndex(begin);
        } else {
            BackendWriter.copyDataEnd(buffer, start);
        }
    }
}
