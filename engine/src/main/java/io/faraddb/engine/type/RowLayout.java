package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How the columns of a row lie in bytes.
 *
 * <pre>
 * u16  count of columns n; bit 15: the offsets below are 4 bytes wide instead of 2
 * u8[] null bits, ceil(n / 8), bit set = null
 * slots of the fixed-width columns, in column order, also for nulls
 * ends of the variable-width columns, relative to the first of their bytes, in column order
 * bytes of the variable-width columns
 * </pre>
 *
 * Every column is found without reading another. A row written before columns were added has a
 * smaller n; the missing ones read as the value given for them here. All numbers are big-endian.
 */
public final class RowLayout {

    /** Columns of one row. */
    public static final int COLUMNS_MAX = 1600;

    private static final int WIDE_OFFSETS = 0x8000;
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final SqlType[] types;
    private final @Nullable Object[] missing;
    // Offset of a fixed column in the slots, or index of a variable one among the variable ones.
    private final int[] place;
    private final int[] width;
    private final int[] slotBytes;
    private final int[] variableCount;

    /**
     * @param types of the columns, in order
     * @param missing what a row that ends before a column has there; as long as types
     */
    public RowLayout(List<SqlType> types, List<@Nullable Object> missing) {
        this.types = types.toArray(SqlType[]::new);
        this.missing = missing.toArray();
        int count = this.types.length;
        place = new int[count];
        width = new int[count];
        slotBytes = new int[count + 1];
        variableCount = new int[count + 1];
        for (int i = 0; i < count; i++) {
            width[i] = fixedWidth(this.types[i].kind());
            place[i] = width[i] > 0 ? slotBytes[i] : variableCount[i];
            slotBytes[i + 1] = slotBytes[i] + width[i];
            variableCount[i + 1] = variableCount[i] + (width[i] > 0 ? 0 : 1);
        }
    }

    public int columnCount() {
        return types.length;
    }

    /** Bytes of a column in its slot; 0 for a variable-width one. */
    private static int fixedWidth(TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> 1;
            case SMALLINT -> 2;
            case INTEGER, REAL, DATE -> 4;
            case BIGINT, DOUBLE, TIME, TIMESTAMP, TIMESTAMPTZ -> 8;
            case UUID -> 16;
            case NUMERIC, TEXT, VARCHAR, CHAR, BYTEA -> 0;
            default -> throw SqlException.unsupported("a column of type " + kind.sqlName());
        };
    }

    /**
     * Packs values into a new row.
     *
     * @param values as {@link TypeKind} documents them, one for each column
     */
    public byte[] encode(@Nullable Object[] values) {
        int count = types.length;
        byte[] @Nullable [] variable = new byte[variableCount[count]][];
        int variableBytes = 0;
        for (int i = 0; i < count; i++) {
            Object value = values[i];
            if (width[i] == 0 && value != null) {
                byte[] bytes = variableBytes(types[i].kind(), value);
                variable[place[i]] = bytes;
                variableBytes = Math.addExact(variableBytes, bytes.length);
            }
        }
        int nullBytes = (count + 7) >>> 3;
        boolean wide = variableBytes > 0xFFFF;
        int offsetBytes = wide ? 4 : 2;
        int slots = 2 + nullBytes;
        int ends = slots + slotBytes[count];
        int end = ends + variable.length * offsetBytes;
        byte[] row = new byte[Math.addExact(end, variableBytes)];
        SHORT.set(row, 0, (short) (count | (wide ? WIDE_OFFSETS : 0)));
        for (int i = 0; i < count; i++) {
            Object value = values[i];
            if (value == null) {
                row[2 + (i >>> 3)] |= (byte) (1 << (i & 7));
            } else if (width[i] > 0) {
                putFixed(row, slots + place[i], types[i].kind(), value);
            }
        }
        putVariable(row, ends, variable, offsetBytes);
        return row;
    }

    private static void putVariable(
            byte[] row, int ends, byte[] @Nullable [] variable, int offsetBytes) {
        int start = ends + variable.length * offsetBytes;
        int end = 0;
        for (int i = 0; i < variable.length; i++) {
            byte[] bytes = variable[i];
            if (bytes != null) {
                System.arraycopy(bytes, 0, row, start + end, bytes.length);
                end += bytes.length;
            }
            if (offsetBytes == 4) {
                INT.set(row, ends + 4 * i, end);
            } else {
                SHORT.set(row, ends + 2 * i, (short) end);
            }
        }
    }

    private static void putFixed(byte[] row, int at, TypeKind kind, Object value) {
        switch (kind) {
            case BOOLEAN -> row[at] = (byte) ((Boolean) value ? 1 : 0);
            case SMALLINT -> SHORT.set(row, at, (short) (long) (Long) value);
            case INTEGER -> INT.set(row, at, (int) (long) (Long) value);
            case DATE -> INT.set(row, at, packDate((Long) value));
            case REAL -> INT.set(row, at, Float.floatToRawIntBits((Float) value));
            case DOUBLE -> LONG.set(row, at, Double.doubleToRawLongBits((Double) value));
            case UUID -> {
                LONG.set(row, at, ((UUID) value).getMostSignificantBits());
                LONG.set(row, at + 8, ((UUID) value).getLeastSignificantBits());
            }
            default -> LONG.set(row, at, (long) (Long) value);
        }
    }

    private static int packDate(long days) {
        if (days == Long.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        return days == Long.MIN_VALUE ? Integer.MIN_VALUE : Math.toIntExact(days);
    }

    private static long unpackDate(int days) {
        if (days == Integer.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        return days == Integer.MIN_VALUE ? Long.MIN_VALUE : days;
    }

    private static byte[] variableBytes(TypeKind kind, Object value) {
        if (kind == TypeKind.BYTEA) {
            return (byte[]) value;
        }
        if (kind == TypeKind.NUMERIC) {
            return numericBytes((BigDecimal) value);
        }
        return ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] numericBytes(BigDecimal value) {
        byte[] unscaled = value.unscaledValue().toByteArray();
        byte[] bytes = new byte[2 + unscaled.length];
        if (value.scale() != (short) value.scale()) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        SHORT.set(bytes, 0, (short) value.scale());
        System.arraycopy(unscaled, 0, bytes, 2, unscaled.length);
        return bytes;
    }

    /** Whether the column is null in the row that begins at offset. */
    public boolean isNull(byte[] row, int offset, int column) {
        int count = (short) SHORT.get(row, offset) & ~WIDE_OFFSETS & 0xFFFF;
        if (column >= count) {
            return missing[column] == null;
        }
        return nullBit(row, offset, column);
    }

    private static boolean nullBit(byte[] row, int offset, int column) {
        return (row[offset + 2 + (column >>> 3)] >>> (column & 7) & 1) != 0;
    }

    /**
     * A column of the row that begins at offset.
     *
     * @return as {@link TypeKind} documents it
     */
    public @Nullable Object column(byte[] row, int offset, int column) {
        int header = (short) SHORT.get(row, offset) & 0xFFFF;
        int count = header & ~WIDE_OFFSETS;
        if (column >= count) {
            return missing[column];
        }
        if (nullBit(row, offset, column)) {
            return null;
        }
        int slots = offset + 2 + ((count + 7) >>> 3);
        if (width[column] > 0) {
            return fixed(row, slots + place[column], types[column].kind());
        }
        int ends = slots + slotBytes[count];
        int offsetBytes = (header & WIDE_OFFSETS) != 0 ? 4 : 2;
        int bytesStart = ends + variableCount[count] * offsetBytes;
        int index = place[column];
        int start = index == 0 ? 0 : end(row, ends, index - 1, offsetBytes);
        int end = end(row, ends, index, offsetBytes);
        return variable(row, bytesStart + start, end - start, types[column].kind());
    }

    private static int end(byte[] row, int ends, int index, int offsetBytes) {
        return offsetBytes == 4
                ? (int) INT.get(row, ends + 4 * index)
                : (short) SHORT.get(row, ends + 2 * index) & 0xFFFF;
    }

    private static Object fixed(byte[] row, int at, TypeKind kind) {
        return switch (kind) {
            case BOOLEAN -> row[at] != 0;
            case SMALLINT -> (long) (short) SHORT.get(row, at);
            case INTEGER -> (long) (int) INT.get(row, at);
            case DATE -> unpackDate((int) INT.get(row, at));
            case REAL -> Float.intBitsToFloat((int) INT.get(row, at));
            case DOUBLE -> Double.longBitsToDouble((long) LONG.get(row, at));
            case UUID -> new UUID((long) LONG.get(row, at), (long) LONG.get(row, at + 8));
            default -> (long) LONG.get(row, at);
        };
    }

    private static Object variable(byte[] row, int at, int length, TypeKind kind) {
        if (kind == TypeKind.BYTEA) {
            byte[] bytes = new byte[length];
            System.arraycopy(row, at, bytes, 0, length);
            return bytes;
        }
        if (kind == TypeKind.NUMERIC) {
            return new BigDecimal(
                    new BigInteger(row, at + 2, length - 2), (short) SHORT.get(row, at));
        }
        return new String(row, at, length, StandardCharsets.UTF_8);
    }

    /** All columns of the row that begins at offset. */
    public @Nullable Object[] decode(byte[] row, int offset) {
        @Nullable Object[] values = new @Nullable Object[types.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = column(row, offset, i);
        }
        return values;
    }

    /** A layout of columns none of which was added later. */
    public static RowLayout of(SqlType... types) {
        List<@Nullable Object> nothing = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            nothing.add(null);
        }
        return new RowLayout(List.of(types), nothing);
    }
}
