package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as bytes whose unsigned order is the order of the values.
 *
 * <p>Numbers are big-endian with the sign bit flipped, all integers in 8 bytes; text is UTF-8 ended
 * by 0x00 (so the collation is "C"); bytea ends with 0x00 0x01 and writes 0x00 as 0x00 0xFF. A
 * nullable column begins with 0x01 for a value, 0x02 for null, so nulls come last. A descending
 * column has all its bits flipped. No encoding is a prefix of another of the same type.
 */
public final class KeyWriter {

    /** Bytes of one key; a longer one is refused, as PostgreSQL refuses long index rows. */
    public static final int KEY_BYTES_MAX = 8191;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final byte[] NOTHING = {};
    private static final int BYTES_MIN = 16;
    private static final int NOT_NULL = 1;
    private static final int NULL = 2;

    private final int bytesMax;
    private byte[] bytes = NOTHING;
    private int length;

    /** For keys of trees: at most {@link #KEY_BYTES_MAX}. */
    public KeyWriter() {
        this(KEY_BYTES_MAX);
    }

    /**
     * @param bytesMax a longer key is refused
     */
    public KeyWriter(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    public KeyWriter reset() {
        length = 0;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    public int length() {
        return length;
    }

    /** Appends bytes that are a key already. */
    public KeyWriter raw(byte[] key) {
        ensure(key.length);
        System.arraycopy(key, 0, bytes, length, key.length);
        length += key.length;
        return this;
    }

    /** Appends a column that is never null. */
    public KeyWriter value(TypeKind kind, Object value, boolean descending) {
        int start = length;
        write(kind, value);
        if (descending) {
            flip(start);
        }
        return this;
    }

    /** Appends a column with the marker that lets it be null. */
    public KeyWriter nullable(TypeKind kind, @Nullable Object value, boolean descending) {
        int start = length;
        if (value == null) {
            put(NULL);
        } else {
            put(NOT_NULL);
            write(kind, value);
        }
        if (descending) {
            flip(start);
        }
        return this;
    }

    private void flip(int start) {
        for (int i = start; i < length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
    }

    private void write(TypeKind kind, Object value) {
        switch (kind) {
            case BOOLEAN -> put((Boolean) value ? 1 : 0);
            case REAL -> putDouble((double) (Float) value);
            case DOUBLE -> putDouble((Double) value);
            case NUMERIC -> putNumeric((BigDecimal) value);
            case TEXT, VARCHAR, NAME, INTERNAL_CHAR, UNKNOWN -> putText((String) value);
            case CHAR -> putText(((String) value).stripTrailing());
            case BYTEA -> putEscaped((byte[]) value);
            case UUID -> {
                putLong(((UUID) value).getMostSignificantBits());
                putLong(((UUID) value).getLeastSignificantBits());
            }
            case INTERVAL -> putInterval((Interval) value);
            case ARRAY, RECORD, VOID ->
                    throw SqlException.unsupported("a key of type " + kind.sqlName());
            default -> putLong((Long) value ^ Long.MIN_VALUE);
        }
    }

    private void put(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value) {
        ensure(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
    }

    /** NaN is the greatest value and equal to itself; the zeros are equal. */
    private void putDouble(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        putLong(bits < 0 ? ~bits : bits ^ Long.MIN_VALUE);
    }

    private void putInterval(Interval value) {
        putLong(
                Math.addExact(
                                Math.multiplyExact(
                                        value.months() * 30L + value.days(), 86_400_000_000L),
                                value.micros())
                        ^ Long.MIN_VALUE);
    }

    private void putText(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        ensure(utf8.length + 1);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        bytes[length++] = 0;
    }

    private void putEscaped(byte[] value) {
        for (byte b : value) {
            put(b);
            if (b == 0) {
                put(0xFF);
            }
        }
        put(0);
        put(1);
    }

    /** Sign, power of ten of the first digit, digits in pairs: 1.0 and 1.00 are one key. */
    private void putNumeric(BigDecimal value) {
        int sign = value.signum();
        put(sign + 2);
        if (sign == 0) {
            return;
        }
        int start = length;
        BigDecimal stripped = value.stripTrailingZeros();
        String digits = stripped.unscaledValue().abs().toString();
        long exponent = (long) digits.length() - stripped.scale();
        putLong(exponent ^ Long.MIN_VALUE);
        for (int i = 0; i < digits.length(); i += 2) {
            int high = digits.charAt(i) - '0';
            int low = i + 1 < digits.length() ? digits.charAt(i + 1) - '0' : 0;
            put(high * 10 + low + 1);
        }
        put(0);
        if (sign < 0) {
            flip(start);
        }
    }

    private void ensure(int more) {
        int needed = length + more;
        if (needed > bytesMax) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "a key of more than " + bytesMax + " bytes is not supported")
                    .hint("Index a hash of the value instead.");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, Math.max(BYTES_MIN, bytes.length * 2)));
        }
    }

    /** The least key that is greater than every key that begins with prefix; null if none is. */
    public static byte @Nullable [] successor(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (++next[i] != 0) {
                return next;
            }
        }
        return null;
    }
}
