package io.faraddb.engine.sql.function;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.TextFormat;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Casts between numbers: numeric is rounded half away from zero, floating point half to even. */
final class NumberCasts {

    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);
    private static final long OID_MAX = 0xFFFF_FFFFL;

    /** Two to the power of 63, the first double above all longs. */
    private static final double LONG_LIMIT = 0x1p63;

    // Digits that any decimal keeps through a double and a float.
    private static final MathContext DOUBLE_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final MathContext REAL_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private NumberCasts() {}

    static @Nullable Cast find(TypeKind source, TypeKind target) {
        return switch (source) {
            case SMALLINT, INTEGER, BIGINT, OID, REGCLASS, REGTYPE, REGPROC, REGNAMESPACE ->
                    fromInteger(source, target);
            case REAL -> fromReal(target);
            case DOUBLE -> fromDouble(target);
            case NUMERIC -> fromNumeric(target);
            case BOOLEAN ->
                    target == TypeKind.INTEGER
                            ? (value, context) -> (Boolean) value ? 1L : 0L
                            : null;
            default -> null;
        };
    }

    private static @Nullable Cast fromInteger(TypeKind source, TypeKind target) {
        return switch (target) {
            case SMALLINT, INTEGER, BIGINT -> integers(source, target);
            case REAL -> (value, context) -> (float) (long) (Long) value;
            case DOUBLE -> (value, context) -> (double) (Long) value;
            case NUMERIC -> (value, context) -> BigDecimal.valueOf((Long) value);
            case OID, REGCLASS, REGTYPE, REGPROC, REGNAMESPACE -> toOid(source);
            case BOOLEAN -> (value, context) -> (Long) value != 0;
            default -> null;
        };
    }

    private static Cast integers(TypeKind source, TypeKind target) {
        if (source.isInteger()) {
            return source.compareTo(target) <= 0
                    ? (value, context) -> value
                    : (value, context) -> inRange(target, (Long) value);
        }
        // An oid is a number without a sign, an integer takes its bits.
        return target == TypeKind.INTEGER
                ? (value, context) -> (long) (int) (long) (Long) value
                : (value, context) -> value;
    }

    private static Cast toOid(TypeKind source) {
        return switch (source) {
            case SMALLINT, INTEGER -> (value, context) -> (Long) value & OID_MAX;
            case BIGINT ->
                    (value, context) -> {
                        long number = (Long) value;
                        if (number < 0 || number > OID_MAX) {
                            throw outOfRange("OID");
                        }
                        return number;
                    };
            default -> (value, context) -> value;
        };
    }

    private static @Nullable Cast fromReal(TypeKind target) {
        return switch (target) {
            case DOUBLE -> (value, context) -> (double) (Float) value;
            case NUMERIC ->
                    (value, context) -> {
                        checkFinite((Float) value);
                        return plain(new BigDecimal((Float) value).round(REAL_DIGITS));
                    };
            case SMALLINT, INTEGER, BIGINT ->
                    (value, context) -> rounded(target, (double) (Float) value);
            default -> null;
        };
    }

    private static @Nullable Cast fromDouble(TypeKind target) {
        return switch (target) {
            case REAL -> (value, context) -> toReal((Double) value);
            case NUMERIC ->
                    (value, context) -> {
                        checkFinite((Double) value);
                        return plain(new BigDecimal((Double) value).round(DOUBLE_DIGITS));
                    };
            case SMALLINT, INTEGER, BIGINT -> (value, context) -> rounded(target, (Double) value);
            default -> null;
        };
    }

    private static @Nullable Cast fromNumeric(TypeKind target) {
        return switch (target) {
            case SMALLINT, INTEGER, BIGINT ->
                    (value, context) -> toInteger(target, (BigDecimal) value);
            case DOUBLE -> (value, context) -> toDouble((BigDecimal) value);
            case REAL ->
                    (value, context) -> {
                        float result = ((BigDecimal) value).floatValue();
                        return (Object) checkedReal(result, (BigDecimal) value);
                    };
            default -> null;
        };
    }

    private static float checkedReal(float result, BigDecimal value) {
        if (Float.isInfinite(result) || (result == 0 && value.signum() != 0)) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "\"" + value.toPlainString() + "\" is out of range for type real");
        }
        return result;
    }

    private static double toDouble(BigDecimal value) {
        double result = value.doubleValue();
        if (Double.isInfinite(result) || (result == 0 && value.signum() != 0)) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "\"" + value.toPlainString() + "\" is out of range for type double precision");
        }
        return result;
    }

    private static float toReal(double value) {
        float result = (float) value;
        if (Float.isInfinite(result) && !Double.isInfinite(value)) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
        }
        if (result == 0 && value != 0) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
        }
        return result;
    }

    private static void checkFinite(double value) {
        if (!Double.isFinite(value)) {
            throw SqlException.unsupported(
                            (Double.isNaN(value) ? "NaN" : "infinity") + " as a numeric")
                    .hint("Use double precision for values that are not finite.");
        }
    }

    private static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        return TextFormat.inRange(stripped);
    }

    private static Long rounded(TypeKind target, double value) {
        double whole = Math.rint(value);
        if (!(whole >= -LONG_LIMIT && whole < LONG_LIMIT)) {
            throw outOfRange(target.sqlName());
        }
        return inRange(target, (long) whole);
    }

    private static Long toInteger(TypeKind target, BigDecimal value) {
        BigInteger whole = value.setScale(0, RoundingMode.HALF_UP).unscaledValue();
        if (whole.compareTo(LONG_MIN) < 0 || whole.compareTo(LONG_MAX) > 0) {
            throw outOfRange(target.sqlName());
        }
        return inRange(target, whole.longValue());
    }

    /** An integer that its kind can hold. */
    static Long inRange(TypeKind kind, Long value) {
        boolean fits =
                switch (kind) {
                    case SMALLINT -> value == (short) (long) value;
                    case INTEGER -> value == (int) (long) value;
                    default -> true;
                };
        if (!fits) {
            throw outOfRange(kind.sqlName());
        }
        return value;
    }

    private static SqlException outOfRange(String type) {
        return new SqlException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, type + " out of range");
    }
}
