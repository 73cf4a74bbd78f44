package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Text of real and double precision, as PostgreSQL reads and prints it. */
final class FloatText {

    /** Decimal exponents from -4 up to here are printed without an exponent. */
    private static final int DOUBLE_FIXED_EXPONENT_MAX = 14;

    private static final int REAL_FIXED_EXPONENT_MAX = 5;
    private static final int FIXED_EXPONENT_MIN = -4;
    // Digits that any decimal keeps through a double and a float: DBL_DIG and FLT_DIG of C.
    private static final int DOUBLE_DIGITS = 15;
    private static final int REAL_DIGITS = 6;

    private FloatText() {}

    static double parseDouble(String text) {
        String trimmed = text.strip();
        Double word = parseWord(trimmed);
        if (word != null) {
            return word;
        }
        checkNumber(trimmed, text, "double precision");
        double value = Double.parseDouble(javaText(trimmed));
        if (Double.isInfinite(value) || (value == 0 && hasNonZeroDigit(trimmed))) {
            throw outOfRange(text, "double precision");
        }
        return value;
    }

    static float parseReal(String text) {
        String trimmed = text.strip();
        Double word = parseWord(trimmed);
        if (word != null) {
            return word.floatValue();
        }
        checkNumber(trimmed, text, "real");
        float value = Float.parseFloat(javaText(trimmed));
        if (Float.isInfinite(value) || (value == 0 && hasNonZeroDigit(trimmed))) {
            throw outOfRange(text, "real");
        }
        return value;
    }

    private static @Nullable Double parseWord(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    /** Only what C's strtod takes: Java also knows suffixes such as 1d. */
    private static void checkNumber(String trimmed, String text, String type) {
        boolean hexadecimal = isHexadecimal(trimmed);
        int digits = 0;
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            boolean allowed = digit || "+-.eE".indexOf(c) >= 0;
            if (hexadecimal) {
                allowed =
                        allowed
                                || (Character.digit(c, 16) >= 0 && c < 128)
                                || "xXpP".indexOf(c) >= 0;
            }
            if (!allowed) {
                throw invalid(text, type);
            }
            digits += digit ? 1 : 0;
        }
        if (digits == 0) {
            throw invalid(text, type);
        }
        try {
            Double.parseDouble(javaText(trimmed));
        } catch (NumberFormatException e) {
            throw invalid(text, type);
        }
    }

    private static boolean isHexadecimal(String text) {
        int start = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        return text.startsWith("0x", start) || text.startsWith("0X", start);
    }

    /** Java wants an exponent behind hexadecimal digits, C does not. */
    private static String javaText(String text) {
        boolean bare = isHexadecimal(text) && text.indexOf('p') < 0 && text.indexOf('P') < 0;
        return bare ? text + "p0" : text;
    }

    private static boolean hasNonZeroDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 'e' || c == 'E' || c == 'p' || c == 'P') {
                return false;
            }
            if (c >= '1' && c <= '9') {
                return true;
            }
        }
        return false;
    }

    private static SqlException invalid(String text, String type) {
        return TextFormat.invalidInput(type, text);
    }

    private static SqlException outOfRange(String text, String type) {
        return new SqlException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "\"" + text.strip() + "\" is out of range for type " + type);
    }

    static String format(double value, int extraFloatDigits) {
        if (!Double.isFinite(value)) {
            return special(value);
        }
        if (extraFloatDigits > 0) {
            String digits = Double.toString(Math.abs(value));
            String fewer = oneDigit(digits);
            if (fewer != null && Double.parseDouble(fewer) == Math.abs(value)) {
                digits = fewer;
            }
            BigDecimal magnitude = within(new BigDecimal(digits), Math.abs(value));
            return print(isNegative(value), magnitude, DOUBLE_FIXED_EXPONENT_MAX);
        }
        int precision = Math.max(1, DOUBLE_DIGITS + extraFloatDigits);
        return rounded(isNegative(value), new BigDecimal(Math.abs(value)), precision);
    }

    static String format(float value, int extraFloatDigits) {
        if (!Float.isFinite(value)) {
            return special(value);
        }
        boolean negative = isNegative(value);
        if (extraFloatDigits > 0) {
            String digits = Float.toString(Math.abs(value));
            String fewer = oneDigit(digits);
            if (fewer != null && Float.parseFloat(fewer) == Math.abs(value)) {
                digits = fewer;
            }
            BigDecimal magnitude = within(new BigDecimal(digits), Math.abs(value));
            return print(negative, magnitude, REAL_FIXED_EXPONENT_MAX);
        }
        int precision = Math.max(1, REAL_DIGITS + extraFloatDigits);
        return rounded(negative, new BigDecimal(Math.abs((double) value)), precision);
    }

    /**
     * PostgreSQL does not take a decimal that lies just in the middle between two doubles, Java
     * does. Only large numbers have such decimals of 17 digits.
     */
    private static BigDecimal within(BigDecimal decimal, double value) {
        if (value < 0x1p54 || value > 1e40) {
            return decimal;
        }
        return within(
                decimal,
                new BigDecimal(Math.nextDown(value)),
                new BigDecimal(value),
                new BigDecimal(Math.nextUp(value)),
                other -> other.doubleValue() == value);
    }

    /** The same for a real and its decimals of 9 digits. */
    private static BigDecimal within(BigDecimal decimal, float value) {
        if (value < 0x1p25f || value > 1e20f) {
            return decimal;
        }
        return within(
                decimal,
                new BigDecimal(Math.nextDown(value)),
                new BigDecimal(value),
                new BigDecimal(Math.nextUp(value)),
                other -> other.floatValue() == value);
    }

    private static BigDecimal within(
            BigDecimal decimal,
            BigDecimal below,
            BigDecimal exact,
            BigDecimal above,
            Predicate<BigDecimal> same) {
        boolean middle = isMiddle(decimal, exact, above) || isMiddle(decimal, exact, below);
        return middle ? longer(decimal, exact, same) : decimal;
    }

    private static boolean isMiddle(BigDecimal decimal, BigDecimal one, BigDecimal other) {
        return decimal.add(decimal).compareTo(one.add(other)) == 0;
    }

    /** The shortest other decimal that is no shorter and read as the same number. */
    private static BigDecimal longer(
            BigDecimal decimal, BigDecimal exact, Predicate<BigDecimal> same) {
        for (int digits = decimal.precision(); ; digits++) {
            BigDecimal longer = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (longer.compareTo(decimal) != 0 && same.test(longer)) {
                return longer;
            }
        }
    }

    private static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0;
    }

    private static String special(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value > 0 ? "Infinity" : "-Infinity";
    }

    /** Java prefers two digits where one would do; this is the one, or null if there are more. */
    private static @Nullable String oneDigit(String text) {
        BigDecimal stripped = new BigDecimal(text).stripTrailingZeros();
        return stripped.precision() == 2
                ? stripped.round(new MathContext(1, RoundingMode.HALF_EVEN)).toString()
                : null;
    }

    /** As C's %.{precision}g. */
    private static String rounded(boolean negative, BigDecimal magnitude, int precision) {
        BigDecimal value = magnitude.round(new MathContext(precision, RoundingMode.HALF_EVEN));
        return print(negative, value, precision - 1);
    }

    private static String print(boolean negative, BigDecimal magnitude, int fixedExponentMax) {
        if (magnitude.signum() == 0) {
            return negative ? "-0" : "0";
        }
        BigDecimal value = magnitude.stripTrailingZeros();
        String digits = value.unscaledValue().toString();
        int exponent = digits.length() - 1 - value.scale();
        StringBuilder out = new StringBuilder(32);
        if (negative) {
            out.append('-');
        }
        if (exponent >= FIXED_EXPONENT_MIN && exponent <= fixedExponentMax) {
            return out.append(value.toPlainString()).toString();
        }
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        if (Math.abs(exponent) < 10) {
            out.append('0');
        }
        return out.append(Math.abs(exponent)).toString();
    }
}
