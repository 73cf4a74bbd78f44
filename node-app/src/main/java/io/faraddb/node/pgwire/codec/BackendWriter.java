package io.faraddb.node.pgwire.codec;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeOids;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the server's messages: u8 type, i32 length with itself, body. */
public final class BackendWriter {

    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;
    private static final int PROTOCOL_VERSION = 3 << 16;
    // PostgreSQL heals a stale plan of its own; clients know by the routine that this was one.
    private static final String STALE_PLAN = "cached plan must not change result type";
    private static final String STALE_PLAN_ROUTINE = "RevalidateCachedQuery";

    private BackendWriter() {}

    private static int begin(ByteBuf out, char type) {
        out.writeByte(type);
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    private static void end(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start);
    }

    private static void string(ByteBuf out, String text) {
        ByteBufUtil.writeUtf8(out, text);
        out.writeByte(0);
    }

    private static void empty(ByteBuf out, char type) {
        out.writeByte(type);
        out.writeInt(4);
    }

    /** Offers the only mechanism. */
    public static void authenticationSasl(ByteBuf out, String mechanism) {
        int start = begin(out, 'R');
        out.writeInt(SASL);
        string(out, mechanism);
        out.writeByte(0);
        end(out, start);
    }

    public static void authenticationSaslContinue(ByteBuf out, byte[] data) {
        int start = begin(out, 'R');
        out.writeInt(SASL_CONTINUE).writeBytes(data);
        end(out, start);
    }

    public static void authenticationSaslFinal(ByteBuf out, byte[] data) {
        int start = begin(out, 'R');
        out.writeInt(SASL_FINAL).writeBytes(data);
        end(out, start);
    }

    public static void authenticationOk(ByteBuf out) {
        int start = begin(out, 'R');
        out.writeInt(0);
        end(out, start);
    }

    /** The client asked for more than protocol 3.0 without extensions. */
    public static void negotiateProtocolVersion(ByteBuf out, List<String> unknownExtensions) {
        int start = begin(out, 'v');
        out.writeInt(PROTOCOL_VERSION);
        out.writeInt(unknownExtensions.size());
        for (String extension : unknownExtensions) {
            string(out, extension);
        }
        end(out, start);
    }

    public static void parameterStatus(ByteBuf out, String name, String value) {
        int start = begin(out, 'S');
        string(out, name);
        string(out, value);
        end(out, start);
    }

    public static void backendKeyData(ByteBuf out, int backendId, int secret) {
        int start = begin(out, 'K');
        out.writeInt(backendId).writeInt(secret);
        end(out, start);
    }

    /**
     * @param status as {@link io.faraddb.engine.session.TransactionStatus#code}
     */
    public static void readyForQuery(ByteBuf out, char status) {
        out.writeByte('Z');
        out.writeInt(5);
        out.writeByte(status);
    }

    public static void parseComplete(ByteBuf out) {
        empty(out, '1');
    }

    public static void bindComplete(ByteBuf out) {
        empty(out, '2');
    }

    public static void closeComplete(ByteBuf out) {
        empty(out, '3');
    }

    public static void noData(ByteBuf out) {
        empty(out, 'n');
    }

    public static void portalSuspended(ByteBuf out) {
        empty(out, 's');
    }

    public static void emptyQueryResponse(ByteBuf out) {
        empty(out, 'I');
    }

    public static void commandComplete(ByteBuf out, String tag) {
        int start = begin(out, 'C');
        string(out, tag);
        end(out, start);
    }

    public static void parameterDescription(ByteBuf out, List<SqlType> parameters) {
        int start = begin(out, 't');
        out.writeShort(parameters.size());
        for (SqlType parameter : parameters) {
            out.writeInt(TypeOids.oid(parameter));
        }
        end(out, start);
    }

    /**
     * @param formats none for all text, one for all, or one each
     */
    public static void rowDescription(ByteBuf out, List<Field> fields, short[] formats) {
        int start = begin(out, 'T');
        out.writeShort(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            SqlType type = field.type();
            string(out, field.name());
            out.writeInt(field.table());
            out.writeShort(field.column());
            out.writeInt(TypeOids.oid(type));
            out.writeShort(TypeOids.length(type));
            SqlType element = type.element();
            out.writeInt(element == null ? type.typeModifier() : element.typeModifier());
            out.writeShort(RowWriter.format(formats, i));
        }
        end(out, start);
    }

    /** CopyInResponse: send me rows. */
    public static void copyIn(ByteBuf out, boolean binary, int columns) {
        copy(out, 'G', binary, columns);
    }

    /** CopyOutResponse: rows follow. */
    public static void copyOut(ByteBuf out, boolean binary, int columns) {
        copy(out, 'H', binary, columns);
    }

    private static void copy(ByteBuf out, char type, boolean binary, int columns) {
        int start = begin(out, type);
        out.writeByte(binary ? 1 : 0);
        out.writeShort(columns);
        for (int i = 0; i < columns; i++) {
            out.writeShort(binary ? 1 : 0);
        }
        end(out, start);
    }

    /**
     * Begins a CopyData.
     *
     * @return what {@link #copyDataEnd} wants
     */
    public static int copyDataBegin(ByteBuf out) {
        return begin(out, 'd');
    }

    public static void copyDataEnd(ByteBuf out, int start) {
        end(out, start);
    }

    public static void copyDone(ByteBuf out) {
        empty(out, 'c');
    }

    /**
     * @param severity ERROR or FATAL
     */
    public static void error(ByteBuf out, String severity, SqlException error) {
        report(out, 'E', severity, error);
    }

    /**
     * @param severity NOTICE, WARNING or INFO
     */
    public static void notice(ByteBuf out, String severity, SqlException notice) {
        report(out, 'N', severity, notice);
    }

    private static void report(ByteBuf out, char type, String severity, SqlException error) {
        int start = begin(out, type);
        field(out, 'S', severity);
        field(out, 'V', severity);
        field(out, 'C', error.code().sqlState());
        field(out, 'M', error.text());
        field(out, 'D', error.detail());
        field(out, 'H', error.hint());
        if (error.position() > 0) {
            field(out, 'P', Integer.toString(error.position()));
        }
        field(out, 'W', error.context());
        field(out, 's', error.names().schema());
        field(out, 't', error.names().table());
        field(out, 'c', error.names().column());
        field(out, 'n', error.names().constraint());
        // Drivers fail without these three; there is no line in a source file to tell.
        field(out, 'F', "farad");
        field(out, 'L', "1");
        field(out, 'R', error.text().equals(STALE_PLAN) ? STALE_PLAN_ROUTINE : error.code().name());
        out.writeByte(0);
        end(out, start);
    }

    private static void field(ByteBuf out, char code, @Nullable String value) {
        if (value != null) {
            out.writeByte(code);
            out.writeCharSequence(value.replace('\0', ' '), StandardCharsets.UTF_8);
            out.writeByte(0);
        }
    }
}
