package io.faraddb.engine.procedure;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Between the values of the engine, as {@link TypeKind} documents them, and procedures' classes.
 */
final class JavaValues {

    private static final long MICROS_PER_SECOND = 1_000_000L;
    private static final long NANOS_PER_MICRO = 1_000L;

    private static final Map<Class<?>, SqlType> TYPES =
            Map.ofEntries(
                    Map.entry(boolean.class, SqlType.BOOLEAN),
                    Map.entry(Boolean.class, SqlType.BOOLEAN),
                    Map.entry(short.class, SqlType.SMALLINT),
                    Map.entry(Short.class, SqlType.SMALLINT),
                    Map.entry(int.class, SqlType.INTEGER),
                    Map.entry(Integer.class, SqlType.INTEGER),
                    Map.entry(long.class, SqlType.BIGINT),
                    Map.entry(Long.class, SqlType.BIGINT),
                    Map.entry(float.class, SqlType.REAL),
                    Map.entry(Float.class, SqlType.REAL),
                    Map.entry(double.class, SqlType.DOUBLE),
                    Map.entry(Double.class, SqlType.DOUBLE),
                    Map.entry(BigDecimal.class, SqlType.NUMERIC),
                    Map.entry(String.class, SqlType.TEXT),
                    Map.entry(byte[].class, SqlType.BYTEA),
                    Map.entry(LocalDate.class, SqlType.DATE),
                    Map.entry(LocalTime.class, SqlType.TIME),
                    Map.entry(LocalDateTime.class, SqlType.TIMESTAMP),
                    Map.entry(Instant.class, SqlType.TIMESTAMPTZ),
                    Map.entry(UUID.class, SqlType.UUID));

    private JavaValues() {}

    /** The SQL type of a Java class; null if procedures can't use it. */
    static @Nullable SqlType typeOf(Class<?> javaClass) {
        return TYPES.get(javaClass);
    }

    /** A value for a parameter of {@code run}. */
    static @Nullable Object toJava(@Nullable Object value, Class<?> javaClass, int number) {
        if (value == null) {
            if (javaClass.isPrimitive()) {
                throw new SqlException(
                        ErrorCode.NULL_VALUE_NOT_ALLOWED,
                        "argument " + number + " of the procedure must not be null");
            }
            return null;
        }
        return switch (value) {
            case Long number64 -> fromLong(number64, javaClass);
            default -> value;
        };
    }

    private static Object fromLong(long value, Class<?> javaClass) {
        if (javaClass == int.class || javaClass == Integer.class) {
            return (int) value;
        }
        if (javaClass == short.class || javaClass == Short.class) {
            return (short) value;
        }
        if (javaClass == LocalDate.class) {
            return LocalDate.ofEpochDay(value);
        }
        if (javaClass == LocalTime.class) {
            return LocalTime.ofNanoOfDay(value * NANOS_PER_MICRO);
        }
        if (javaClass == LocalDateTime.class) {
            return LocalDateTime.ofInstant(instant(value), ZoneOffset.UTC);
        }
        return javaClass == Instant.class ? instant(value) : (Object) value;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    /**
     * A value of a procedure as one of the engine.
     *
     * @throws SqlException 42804 if its class is none that procedures can use
     */
    static @Nullable Object toSql(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Long number -> number;
            case Integer number -> (long) number;
            case Short number -> (long) number;
            case LocalDate date -> date.toEpochDay();
            case LocalTime time -> time.toNanoOfDay() / NANOS_PER_MICRO;
            case LocalDateTime moment -> micros(moment.toInstant(ZoneOffset.UTC));
            case Instant moment -> micros(moment);
            case Boolean truth -> truth;
            case Float number -> number;
            case Double number -> number;
            case BigDecimal number -> number;
            case String text -> text;
            case byte[] bytes -> bytes;
            case UUID id -> id;
            default ->
                    throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "a value of " + value.getClass().getName() + " has no SQL type");
        };
    }

    private static long micros(Instant moment) {
        return moment.getEpochSecond() * MICROS_PER_SECOND + moment.getNano() / NANOS_PER_MICRO;
    }

    /** Whether values of a Java class can be given where a SQL type is wanted, converted. */
    static Object coerce(Object value, TypeKind kind) {
        return switch (kind) {
            case NUMERIC -> value instanceof Long number ? BigDecimal.valueOf(number) : value;
            case DOUBLE ->
                    value instanceof Long || value instanceof Float
                            ? ((Number) value).doubleValue()
                            : value;
            case REAL -> value instanceof Long number ? (Object) (float) number : value;
            default -> value;
        };
    }
}
