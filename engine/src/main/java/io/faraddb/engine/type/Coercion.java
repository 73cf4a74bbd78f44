package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fits values of the right class into a type's length, precision and range. */
public final class Coercion {

    private Coercion() {}

    /**
     * For an assignment to a column: what is too long is refused, unless only blanks are cut.
     *
     * @param value of the Java class of the type's kind
     */
    public static Object toDeclared(SqlType type, Object value) {
        return switch (type.kind()) {
            case VARCHAR, CHAR -> fitString(type, (String) value, false);
            default -> fit(type, value);
        };
    }

    /** For an explicit cast: strings that are too long are cut. */
    public static Object toDeclaredByCast(SqlType type, Object value) {
        return switch (type.kind()) {
            case VARCHAR, CHAR -> fitString(type, (String) value, true);
            default -> fit(type, value);
        };
    }

    private static Object fit(SqlType type, Object value) {
        return switch (type.kind()) {
            case SMALLINT -> inRange(type, (Long) value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> inRange(type, (Long) value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case NUMERIC -> fitNumeric(type, (BigDecimal) value);
            case NAME -> TextFormat.cutName((String) value);
            case ARRAY -> fitArray(type, (List<?>) value);
            default -> value;
        };
    }

    private static Long inRange(SqlType type, Long value, long min, long max) {
        if (value < min || value > max) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, type.kind().sqlName() + " out of range");
        }
        return value;
    }

    private static BigDecimal fitNumeric(SqlType type, BigDecimal value) {
        if (type.precision() < 0) {
            return TextFormat.inRange(value);
        }
        BigDecimal rounded = value.setScale(type.scale(), RoundingMode.HALF_UP);
        int integerDigits = type.precision() - type.scale();
        if (rounded.signum() != 0 && rounded.precision() - rounded.scale() > integerDigits) {
            String most = integerDigits == 0 ? "1" : "10^" + integerDigits;
            throw new SqlException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "numeric field overflow")
                    .detail(
                            "A field with precision "
                                    + type.precision()
                                    + ", scale "
                                    + type.scale()
                                    + " must round to an absolute value less than "
                                    + most
                                    + ".");
        }
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    private static String fitString(SqlType type, String value, boolean cut) {
        int most = type.length();
        if (most < 0) {
            return value;
        }
        // No string has more characters than UTF-16 units.
        int length =
                value.length() <= most ? value.length() : value.codePointCount(0, value.length());
        if (length > most) {
            int end = value.offsetByCodePoints(0, most);
            if (!cut && !isBlank(value, end)) {
                throw new SqlException(
                        ErrorCode.STRING_DATA_RIGHT_TRUNCATION, "value too long for type " + type);
            }
            return value.substring(0, end);
        }
        if (type.kind() == TypeKind.VARCHAR) {
            return value;
        }
        int characters = value.codePointCount(0, value.length());
        return characters == most ? value : value + " ".repeat(most - characters);
    }

    private static boolean isBlank(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            if (value.charAt(i) != ' ') {
                return false;
            }
        }
        return true;
    }

    private static List<@Nullable Object> fitArray(SqlType type, List<?> values) {
        SqlType element = Objects.requireNonNull(type.element());
        List<@Nullable Object> fitted = new ArrayList<>(values.size());
        for (Object value : values) {
            if (value == null) {
                fitted.add(null);
            } else if (value instanceof List<?> inner) {
                fitted.add(fitArray(type, inner));
            } else {
                fitted.add(toDeclared(element, value));
            }
        }
        return fitted;
    }
}
