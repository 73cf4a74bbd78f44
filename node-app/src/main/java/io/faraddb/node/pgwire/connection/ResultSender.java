package io.faraddb.node.pgwire.connection;

import io.faraddb.engine.session.CopyOptions;
import io.faraddb.engine.session.Result;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.node.pgwire.codec.BackendWriter;
import io.faraddb.node.pgwire.codec.RowWriter;
import io.faraddb.node.pgwire.copy.CopyWriter;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a result's rows, as far as the client reads and as many as it asked for. */
final class ResultSender {

    private final Result result;
    private final @Nullable RowWriter rowWriter;
    private final @Nullable CopyWriter copyWriter;
    private final FormatSettings settings;
    private int next;
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

    int sent() {
        return next;
    }

    boolean hasMore() {
        return next < result.rows().size();
    }

    /**
     * Sends rows up to the one of this number.
     *
     * @return whether it came so far; else the client has to read first
     */
    boolean sendTo(int end, Output out) {
        if (copyWriter != null) {
            return copy(copyWriter, out);
        }
        if (rowWriter == null) {
            return true;
        }
        List<@Nullable Object[]> rows = result.rows();
        while (next < end) {
            rowWriter.write(out.buffer(), rows.get(next), settings);
            next++;
            if (next < end && out.full()) {
                return false;
            }
        }
        return true;
    }

    private boolean copy(CopyWriter writer, Output out) {
        List<@Nullable Object[]> rows = result.rows();
        if (!begun) {
            begun = true;
            BackendWriter.copyOut(out.buffer(), writer.binary(), writer.columns());
            copyData(out.buffer(), writer::header);
        }
        while (next < rows.size()) {
            @Nullable Object[] row = rows.get(next);
            copyData(out.buffer(), buffer -> writer.row(buffer, row));
            next++;
            if (out.full()) {
                return false;
            }
        }
        copyData(out.buffer(), writer::trailer);
        BackendWriter.copyDone(out.buffer());
        return true;
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
