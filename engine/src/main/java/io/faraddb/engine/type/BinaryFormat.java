package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as bytes, as PostgreSQL's send and receive functions lay them out. */
public final class BinaryFormat {

    /** Days and microseconds from 1970-01-01 to PostgreSQL's origin, 2000-01-01. */
    public static final int EPOCH_DAYS = 10_957;

    public static final long EPOCH_MICROS = EPOCH_DAYS * DateTimeText.MICROS_PER_DAY;

    private static final int NUMERIC_NEGATIVE = 0x4000;
    private static final int NUMERIC_SPECIAL = 0xC000;
    private static final int NUMERIC_BASE_DIGITS = 4;
    private static final BigInteger NUMERIC_BASE = BigInteger.valueOf(10_000);
    private static final int ARRAY_DIMENSIONS_MAX = 6;
    private static final long OID_MASK = 0xFFFF_FFFFL;

    private BinaryFormat() {}

    /**
     * @param value as {@link TypeKind} documents it
     */
    public static byte[] encode(SqlType type, Object value) {
        return switch (type.kind()) {
            case BOOLEAN -> new byte[] {(byte) ((Boolean) value ? 1 : 0)};
            case SMALLINT -> ByteBuffer.allocate(2).putShort((short) (long) (Long) value).array();
            case INTEGER, OID, XID, REGCLASS, REGTYPE, REGPROC, REGNAMESPACE ->
                    bytes4((int) (long) (Long) value);
            case BIGINT, TIME -> bytes8((Long) value);
            case REAL -> bytes4(Float.floatToRawIntBits((Float) value));
            case DOUBLE -> bytes8(Double.doubleToRawLongBits((Double) value));
            case NUMERIC -> encodeNumeric((BigDecimal) value);
            case TEXT, VARCHAR, CHAR, NAME, UNKNOWN ->
                    ((String) value).getBytes(StandardCharsets.UTF_8);
            case INTERNAL_CHAR -> encodeCharacter((String) value);
            case BYTEA -> (byte[]) value;
            case DATE -> bytes4(wireDate((Long) value));
            case TIMESTAMP, TIMESTAMPTZ -> bytes8(wireTimestamp((Long) value));
            case UUID -> {
                UUID uuid = (UUID) value;
                yield ByteBuffer.allocate(16)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
            }
            case INTERVAL -> {
                Interval interval = (Interval) value;
                yield ByteBuffer.allocate(16)
                        .putLong(interval.micros())
                        .putInt(interval.days())
                        .putInt(interval.months())
                        .array();
            }
            case ARRAY -> encodeArray(Objects.requireNonNull(type.element()), (List<?>) value);
            case RECORD -> throw SqlException.unsupported("output of anonymous composite types");
            case VOID -> new byte[0];
        };
    }

    private static byte[] bytes4(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] bytes8(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    /** A date as it goes over the wire: days since 2000, the ends of the range are infinite. */
    public static int wireDate(long days) {
        if (days == DateTimeText.INFINITY) {
            return Integer.MAX_VALUE;
        }
        return days == DateTimeText.MINUS_INFINITY ? Integer.MIN_VALUE : (int) (days - EPOCH_DAYS);
    }

    /** A timestamp as it goes over the wire: microseconds since 2000. */
    public static long wireTimestamp(long micros) {
        return DateTimeText.isInfinite(micros) ? micros : micros - EPOCH_MICROS;
    }

    private static byte[] encodeCharacter(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new byte[] {bytes.length == 0 ? 0 : bytes[0]};
    }

    /**
     * Digits of base 10000.
     *
     * <pre>
     * i16 count of digits, i16 weight of the first, u16 sign, u16 decimal digits behind the point
     * i16[] digits
     * </pre>
     */
    private static byte[] encodeNumeric(BigDecimal value) {
        int scale = Math.max(value.scale(), 0);
        // Pads behind the point to whole digits of base 10000.
        int groups = (scale + NUMERIC_BASE_DIGITS - 1) / NUMERIC_BASE_DIGITS;
        BigInteger rest = value.setScale(groups * NUMERIC_BASE_DIGITS).unscaledValue().abs();
        short[] digits = new short[rest.bitLength() / 13 + 1];
        int count = 0;
        while (rest.signum() != 0) {
            if (rest.bitLength() < Long.SIZE) {
                long small = rest.longValue();
                for (; small != 0; small /= 10_000) {
                    digits[count++] = (short) (small % 10_000);
                }
                break;
            }
            BigInteger[] parts = rest.divideAndRemainder(NUMERIC_BASE);
            digits[count++] = parts[1].shortValue();
            rest = parts[0];
        }
        int weight = count == 0 ? 0 : count - 1 - groups;
        int low = 0;
        while (low < count && digits[low] == 0) {
            low++;
        }
        ByteBuffer out = ByteBuffer.allocate(8 + 2 * (count - low));
        out.putShort((short) (count - low));
        out.putShort((short) weight);
        out.putShort((short) (value.signum() < 0 ? NUMERIC_NEGATIVE : 0));
        out.putShort((short) scale);
        for (int i = count - 1; i >= low; i--) {
            out.putShort(digits[i]);
        }
        return out.array();
    }

    /**
     * Dimensions, then elements row by row, each behind its length, -1 for null.
     *
     * <pre>
     * i32 dimensions, i32 whether there is a null, i32 oid of the elements
     * i32 length, i32 lower bound of each dimension
     * </pre>
     */
    private static byte[] encodeArray(SqlType element, List<?> values) {
        List<Integer> lengths = new ArrayList<>();
        Object level = values;
        while (level instanceof List<?> list && !list.isEmpty()) {
            lengths.add(list.size());
            level = list.getFirst();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean nulls = encodeElements(body, element, values);
        ByteBuffer header = ByteBuffer.allocate(12 + 8 * lengths.size());
        header.putInt(lengths.size()).putInt(nulls ? 1 : 0).putInt(TypeOids.oid(element));
        for (int length : lengths) {
            header.putInt(length).putInt(1);
        }
        byte[] out = Arrays.copyOf(header.array(), header.capacity() + body.size());
        System.arraycopy(body.toByteArray(), 0, out, header.capacity(), body.size());
        return out;
    }

    private static boolean encodeElements(
            ByteArrayOutputStream out, SqlType element, List<?> values) {
        boolean nulls = false;
        for (Object value : values) {
            if (value == null) {
                out.writeBytes(bytes4(-1));
                nulls = true;
            } else if (value instanceof List<?> inner) {
                nulls |= encodeElements(out, element, inner);
            } else {
                byte[] bytes = encode(element, value);
                out.writeBytes(bytes4(bytes.length));
                out.writeBytes(bytes);
            }
        }
        return nulls;
    }

    /**
     * Reads a value; all bytes between position and limit belong to it.
     *
     * @return as {@link TypeKind} documents it
     */
    public static Object decode(SqlType type, ByteBuffer in) {
        Object value;
        try {
            value = decodeStart(type, in);
        } catch (BufferUnderflowException e) {
            throw new SqlException(
                    ErrorCode.PROTOCOL_VIOLATION, "insufficient data left in message");
        }
        if (in.hasRemaining()) {
            throw invalid("incorrect binary data format");
        }
        return value;
    }

    private static SqlException invalid(String message) {
        return new SqlException(ErrorCode.INVALID_BINARY_REPRESENTATION, message);
    }

    private static Object decodeStart(SqlType type, ByteBuffer in) {
        return switch (type.kind()) {
            case BOOLEAN -> in.get() != 0;
            case SMALLINT -> (long) in.getShort();
            case INTEGER -> (long) in.getInt();
            case BIGINT -> in.getLong();
            case REAL -> in.getFloat();
            case DOUBLE -> in.getDouble();
            case NUMERIC -> decodeNumeric(in);
            case TEXT, VARCHAR, CHAR, UNKNOWN -> decodeText(in);
            case NAME -> TextFormat.cutName(decodeText(in));
            case INTERNAL_CHAR -> {
                byte b = in.get();
                yield b == 0 ? "" : String.valueOf((char) (b & 0xFF));
            }
            case BYTEA -> {
                byte[] bytes = new byte[in.remaining()];
                in.get(bytes);
                yield bytes;
            }
            case DATE -> decodeDate(in.getInt());
            case TIME -> decodeTime(in.getLong());
            case TIMESTAMP, TIMESTAMPTZ -> decodeTimestamp(in.getLong());
            case UUID -> new UUID(in.getLong(), in.getLong());
            case INTERVAL -> decodeInterval(in);
            case OID, XID, REGCLASS, REGTYPE, REGPROC, REGNAMESPACE -> in.getInt() & OID_MASK;
            case ARRAY -> decodeArray(Objects.requireNonNull(type.element()), in);
            case RECORD -> throw SqlException.unsupported("input of anonymous composite types");
            case VOID -> "";
        };
    }

    private static Interval decodeInterval(ByteBuffer in) {
        long micros = in.getLong();
        int days = in.getInt();
        return new Interval(in.getInt(), days, micros);
    }

    private static Long decodeDate(int days) {
        if (days == Integer.MAX_VALUE) {
            return DateTimeText.INFINITY;
        }
        if (days == Integer.MIN_VALUE) {
            return DateTimeText.MINUS_INFINITY;
        }
        long value = (long) days + EPOCH_DAYS;
        if (value < DateTimeText.DATE_MIN || value > DateTimeText.DATE_MAX) {
            throw new SqlException(ErrorCode.DATETIME_FIELD_OVERFLOW, "date out of range");
        }
        return value;
    }

    private static Long decodeTime(long micros) {
        if (micros < 0 || micros > DateTimeText.MICROS_PER_DAY) {
            throw new SqlException(ErrorCode.DATETIME_FIELD_OVERFLOW, "time out of range");
        }
        return micros;
    }

    private static Long decodeTimestamp(long micros) {
        if (DateTimeText.isInfinite(micros)) {
            return micros;
        }
        if (micros < DateTimeText.TIMESTAMP_MIN - EPOCH_MICROS
                || micros > DateTimeText.TIMESTAMP_MAX - EPOCH_MICROS) {
            throw new SqlException(ErrorCode.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
        }
        return micros + EPOCH_MICROS;
    }

    private static BigDecimal decodeNumeric(ByteBuffer in) {
        int count = in.getShort() & 0xFFFF;
        int weight = in.getShort();
        int sign = in.getShort() & 0xFFFF;
        int scale = in.getShort() & 0xFFFF;
        if ((sign & NUMERIC_SPECIAL) == NUMERIC_SPECIAL) {
            throw SqlException.unsupported("a numeric that is not finite")
                    .hint("Use double precision for values that are not finite.");
        }
        if (sign != 0 && sign != NUMERIC_NEGATIVE) {
            throw invalid("invalid sign in external \"numeric\" value");
        }
        if (scale > TextFormat.NUMERIC_SCALE_MAX) {
            throw invalid("invalid scale in external \"numeric\" value");
        }
        if (in.remaining() < 2 * count) {
            throw new BufferUnderflowException();
        }
        StringBuilder decimal = new StringBuilder(count * NUMERIC_BASE_DIGITS + 1).append('0');
        for (int i = 0; i < count; i++) {
            int digit = in.getShort();
            if (digit < 0 || digit >= 10_000) {
                throw invalid("invalid digit in external \"numeric\" value");
            }
            decimal.append(digit + 10_000).deleteCharAt(decimal.length() - 5);
        }
        int exponent = (weight + 1 - count) * NUMERIC_BASE_DIGITS;
        BigDecimal value = new BigDecimal(new BigInteger(decimal.toString()), -exponent);
        // As PostgreSQL: digits behind the announced scale are cut off.
        BigDecimal scaled = value.setScale(scale, RoundingMode.DOWN);
        return TextFormat.inRange(sign == NUMERIC_NEGATIVE ? scaled.negate() : scaled);
    }

    private static String decodeText(ByteBuffer in) {
        return decodeUtf8(in);
    }

    /**
     * Text that a client sent.
     *
     * @throws SqlException 22021 if it is not UTF-8 or has a NUL
     */
    public static String decodeUtf8(ByteBuffer in) {
        int start = in.position();
        String text = StandardCharsets.UTF_8.decode(in).toString();
        if (text.indexOf('\0') >= 0) {
            throw badEncoding(0);
        }
        if (text.indexOf('\uFFFD') >= 0) {
            // Either sent so or put in the place of what is no UTF-8.
            ByteBuffer again = in.duplicate().position(start);
            try {
                StandardCharsets.UTF_8.newDecoder().decode(again);
            } catch (CharacterCodingException e) {
                throw badEncoding(again.hasRemaining() ? again.get(again.position()) & 0xFF : 0);
            }
        }
        return text;
    }

    private static SqlException badEncoding(int first) {
        return new SqlException(
                ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"UTF8\": 0x"
                        + HexFormat.of().toHexDigits((byte) first));
    }

    private static List<@Nullable Object> decodeArray(SqlType element, ByteBuffer in) {
        int dimensions = in.getInt();
        int flags = in.getInt();
        int oid = in.getInt();
        if (dimensions < 0 || dimensions > ARRAY_DIMENSIONS_MAX) {
            throw invalid("invalid number of dimensions: " + dimensions);
        }
        if (flags != 0 && flags != 1) {
            throw invalid("invalid array flags");
        }
        if (oid != TypeOids.oid(element)) {
            throw new SqlException(ErrorCode.DATATYPE_MISMATCH, "wrong element type");
        }
        int[] lengths = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            lengths[i] = in.getInt();
            if (in.getInt() != 1) {
                throw SqlException.unsupported("an array with explicit bounds");
            }
            if (lengths[i] < 0) {
                throw invalid("invalid array dimension");
            }
        }
        return dimensions == 0 ? new ArrayList<>() : decodeLevel(element, in, lengths, 0);
    }

    private static List<@Nullable Object> decodeLevel(
            SqlType element, ByteBuffer in, int[] lengths, int level) {
        // Each element takes bytes, so a false length cannot make a list larger than the message.
        List<@Nullable Object> values = new ArrayList<>(Math.min(lengths[level], in.remaining()));
        for (int i = 0; i < lengths[level]; i++) {
            if (level + 1 < lengths.length) {
                if (!in.hasRemaining()) {
                    throw new BufferUnderflowException();
                }
                values.add(decodeLevel(element, in, lengths, level + 1));
                continue;
            }
            int length = in.getInt();
            if (length == -1) {
                values.add(null);
            } else if (length < 0 || length > in.remaining()) {
                throw new BufferUnderflowException();
            } else {
                values.add(decode(element, in.slice(in.position(), length)));
                in.position(in.position() + length);
            }
        }
        return values;
    }
}
