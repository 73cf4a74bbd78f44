package io.faraddb.node.pgwire.codec;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.BinaryFormat;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import io.faraddb.engine.type.TypeKind;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Bind in place, its values straight to those that statements take.
 *
 * <pre>
 * string portal, string statement
 * u16 count of formats (none: all text, one: for all), u16[] formats
 * u16 count of values, each: i32 length, -1 for null, bytes
 * u16 count of result formats, u16[] result formats
 * </pre>
 */
public final class BindReader {

    /** Format code of text; that of bytes is 1. */
    public static final short TEXT = 0;

    public static final short BINARY = 1;

    private static final short[] NO_FORMATS = {};
    private static final short[] ONE_TEXT = {TEXT};
    private static final short[] ONE_BINARY = {BINARY};
    private static final @Nullable Object[] NO_VALUES = {};

    private final ByteBuf body;
    private final String portal;
    private final String statement;

    /**
     * @param body all behind the length; read up to the values here
     */
    public BindReader(ByteBuf body) {
        this.body = body;
        portal = FrontendReader.readString(body);
        statement = FrontendReader.readString(body);
    }

    public String portal() {
        return portal;
    }

    public String statement() {
        return statement;
    }

    /**
     * Reads the values; then {@link #resultFormats} may be called.
     *
     * @param types of the statement's parameters
     */
    public @Nullable Object[] values(List<SqlType> types, FormatSettings settings) {
        short[] formats = readFormats();
        int count = FrontendReader.readCount(body);
        if (formats.length > 1 && formats.length != count) {
            throw FrontendReader.violation(
                    "bind message has "
                            + formats.length
                            + " parameter formats but "
                            + count
                            + " parameters");
        }
        if (count != types.size()) {
            throw FrontendReader.violation(
                    "bind message supplies "
                            + count
                            + " parameters, but prepared statement \""
                            + statement
                            + "\" requires "
                            + types.size());
        }
        if (count == 0) {
            return NO_VALUES;
        }
        @Nullable Object[] values = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            int length = FrontendReader.readInt(body);
            if (length == -1) {
                continue;
            }
            if (length < 0 || length > body.readableBytes()) {
                throw FrontendReader.insufficient();
            }
            short format =
                    switch (formats.length) {
                        case 0 -> TEXT;
                        case 1 -> formats[0];
                        default -> formats[i];
                    };
            int start = body.readerIndex();
            values[i] =
                    format == TEXT
                            ? textValue(types.get(i), start, length, settings)
                            : binaryValue(types.get(i), start, length, i);
            body.skipBytes(length);
        }
        return values;
    }

    /** Codes of the results' formats: none for all text, one for all, or one each. */
    public short[] resultFormats() {
        short[] formats = readFormats();
        if (body.isReadable()) {
            throw FrontendReader.violation("invalid message format");
        }
        return formats;
    }

    private short[] readFormats() {
        int count = FrontendReader.readCount(body);
        if (count == 0) {
            return NO_FORMATS;
        }
        if (body.readableBytes() < 2 * count) {
            throw FrontendReader.insufficient();
        }
        if (count == 1) {
            return checked(body.readShort()) == TEXT ? ONE_TEXT : ONE_BINARY;
        }
        short[] formats = new short[count];
        for (int i = 0; i < count; i++) {
            formats[i] = checked(body.readShort());
        }
        return formats;
    }

    private static short checked(short format) {
        if (format != TEXT && format != BINARY) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "unsupported format code: " + format);
        }
        return format;
    }

    private Object textValue(SqlType type, int start, int length, FormatSettings settings) {
        TypeKind kind = type.kind();
        if (kind.isInteger()) {
            long number = plainNumber(start, length);
            boolean fits =
                    switch (kind) {
                        case SMALLINT -> number == (short) number;
                        case INTEGER -> number == (int) number;
                        default -> true;
                    };
            if (number != NOT_PLAIN && fits) {
                return number;
            }
        }
        return TextFormat.parse(type, FrontendReader.text(body, start, length), settings);
    }

    private static final long NOT_PLAIN = Long.MIN_VALUE;
    // So few digits that no sum of them is too large.
    private static final int PLAIN_DIGITS_MAX = 18;

    /** A number of nothing but a minus and a few digits. */
    private long plainNumber(int start, int length) {
        if (length == 0) {
            return NOT_PLAIN;
        }
        boolean negative = body.getByte(start) == '-';
        int first = negative ? start + 1 : start;
        int digits = start + length - first;
        if (digits == 0 || digits > PLAIN_DIGITS_MAX) {
            return NOT_PLAIN;
        }
        long value = 0;
        for (int i = first; i < start + length; i++) {
            int digit = body.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return NOT_PLAIN;
            }
            value = value * 10 + digit;
        }
        return negative ? -value : value;
    }

    private Object binaryValue(SqlType type, int start, int length, int index) {
        TypeKind kind = type.kind();
        int expected =
                switch (kind) {
                    case SMALLINT -> 2;
                    case INTEGER -> 4;
                    case BIGINT -> 8;
                    default -> -1;
                };
        if (expected == length) {
            return switch (kind) {
                case SMALLINT -> (long) body.getShort(start);
                case INTEGER -> (long) body.getInt(start);
                default -> body.getLong(start);
            };
        }
        try {
            return BinaryFormat.decode(type, body.nioBuffer(start, length));
        } catch (SqlException e) {
            if (e.code() == ErrorCode.INVALID_BINARY_REPRESENTATION) {
                throw new SqlException(
                        e.code(), "incorrect binary data format in bind parameter " + (index + 1));
            }
            throw e;
        }
    }
}
