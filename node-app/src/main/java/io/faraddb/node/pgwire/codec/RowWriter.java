package io.faraddb.node.pgwire.codec;

import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.type.BinaryFormat;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows of one shape as DataRow messages, values straight into the buffer.
 *
 * <pre>
 * u8 'D', i32 length with itself, u16 count of columns, each: i32 length, -1 for null, bytes
 * </pre>
 */
public final class RowWriter {

    private static final long[] POWERS_OF_TEN = powersOfTen();

    private final List<Field> fields;
    private final short[] formats;
    private final SqlType[] types;
    private final boolean[] binary;

    /**
     * @param formats none for all text, one for all, or one each
     */
    public RowWriter(List<Field> fields, short[] formats) {
        if (formats.length > 1 && formats.length != fields.size()) {
            throw FrontendReader.violation(
                    "bind message has "
                            + formats.length
                            + " result formats but query has "
                            + fields.size()
                            + " columns");
        }
        this.fields = fields;
        this.formats = formats;
        types = new SqlType[fields.size()];
        binary = new boolean[types.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = fields.get(i).type();
            binary[i] = format(formats, i) == BindReader.BINARY;
        }
    }

    static short format(short[] formats, int column) {
        return switch (formats.length) {
            case 0 -> BindReader.TEXT;
            case 1 -> formats[0];
            default -> formats[column];
        };
    }

    private static long[] powersOfTen() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    /** Whether this one writes such rows. */
    public boolean isFor(List<Field> otherFields, short[] otherFormats) {
        return fields == otherFields && Arrays.equals(formats, otherFormats);
    }

    /** Writes a row whole, or throws and writes nothing of it. */
    public void write(ByteBuf out, @Nullable Object[] row, FormatSettings settings) {
        int begin = out.writerIndex();
        boolean whole = false;
        try {
            writeAll(out, row, settings);
            whole = true;
        } finally {
            if (!whole) {
                out.writerIndex(begin);
            }
        }
    }

    private void writeAll(ByteBuf out, @Nullable Object[] row, FormatSettings settings) {
        out.writeByte('D');
        int start = out.writerIndex();
        out.writeInt(0);
        out.writeShort(types.length);
        for (int i = 0; i < types.length; i++) {
            Object value = row[i];
            if (value == null) {
                out.writeInt(-1);
            } else if (binary[i]) {
                writeBinary(out, types[i], value);
            } else {
                writeText(out, types[i], value, settings);
            }
        }
        out.setInt(start, out.writerIndex() - start);
    }

    /** A value behind its length. */
    static void writeText(ByteBuf out, SqlType type, Object value, FormatSettings settings) {
        switch (type.kind()) {
            case SMALLINT, INTEGER, BIGINT, OID, XID -> writeNumber(out, (Long) value);
            case BOOLEAN -> out.writeInt(1).writeByte((Boolean) value ? 't' : 'f');
            case TEXT, VARCHAR, CHAR, NAME, UNKNOWN -> writeString(out, (String) value);
            default -> writeString(out, TextFormat.format(type, value, settings));
        }
    }

    private static void writeString(ByteBuf out, String text) {
        int start = out.writerIndex();
        out.writeInt(0);
        int length = ByteBufUtil.writeUtf8(out, text);
        out.setInt(start, length);
    }

    /** Digits without a string in between. */
    private static void writeNumber(ByteBuf out, long number) {
        if (number == Long.MIN_VALUE) {
            writeString(out, Long.toString(number));
            return;
        }
        long rest = Math.abs(number);
        int digits = 1;
        while (digits < POWERS_OF_TEN.length && rest >= POWERS_OF_TEN[digits]) {
            digits++;
        }
        int length = number < 0 ? digits + 1 : digits;
        out.writeInt(length);
        out.ensureWritable(length);
        int at = out.writerIndex() + length;
        out.writerIndex(at);
        do {
            at--;
            out.setByte(at, (int) ('0' + rest % 10));
            rest /= 10;
        } while (rest != 0);
        if (number < 0) {
            out.setByte(at - 1, '-');
        }
    }

    /** A value behind its length. */
    public static void writeBinary(ByteBuf out, SqlType type, Object value) {
        switch (type.kind()) {
            case SMALLINT -> out.writeInt(2).writeShort((int) (long) (Long) value);
            case INTEGER, OID, XID -> out.writeInt(4).writeInt((int) (long) (Long) value);
            case BIGINT, TIME -> out.writeInt(8).writeLong((Long) value);
            case BOOLEAN -> out.writeInt(1).writeByte((Boolean) value ? 1 : 0);
            case REAL -> out.writeInt(4).writeFloat((Float) value);
            case DOUBLE -> out.writeInt(8).writeDouble((Double) value);
            case DATE -> out.writeInt(4).writeInt(BinaryFormat.wireDate((Long) value));
            case TIMESTAMP, TIMESTAMPTZ ->
                    out.writeInt(8).writeLong(BinaryFormat.wireTimestamp((Long) value));
            case TEXT, VARCHAR, CHAR, NAME, UNKNOWN -> writeString(out, (String) value);
            case UUID -> {
                UUID uuid = (UUID) value;
                out.writeInt(16);
                out.writeLong(uuid.getMostSignificantBits());
                out.writeLong(uuid.getLeastSignificantBits());
            }
            default -> {
                byte[] bytes = BinaryFormat.encode(type, value);
                out.writeInt(bytes.length).writeBytes(bytes);
            }
        }
    }
}
