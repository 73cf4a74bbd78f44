package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** to_char of numbers: brings each type's digits into the shape that a picture wants. */
final class NumberFormatter {

    /** Digits that any decimal keeps through a double and a float. */
    private static final int DOUBLE_DIGITS = 15;

    private static final int REAL_DIGITS = 6;
    private static final int ROMAN_MAX = 3999;
    private static final int ROMAN_WIDTH = 15;

    /** Of e+00 and its like. */
    private static final int EXPONENT_WIDTH = 4;

    private static final int[] ROMAN_VALUES = {
        1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1
    };
    private static final String[] ROMAN_DIGITS = {
        "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
    };

    private NumberFormatter() {}

    static String ofNumeric(BigDecimal value, String format) {
        NumberPicture picture = NumberPicture.parse(format);
        if (picture.roman) {
            return write(picture, roman(value.setScale(0, RoundingMode.HALF_UP)), false);
        }
        if (picture.scientific) {
            return scientific(value, picture.behind);
        }
        BigDecimal shifted = shift(picture, value);
        BigDecimal rounded = shifted.setScale(picture.behind, RoundingMode.HALF_UP);
        return write(picture, rounded.abs().toPlainString(), rounded.signum() < 0);
    }

    static String ofBigint(long value, String format) {
        return ofNumeric(BigDecimal.valueOf(value), format);
    }

    static String ofInteger(long value, String format) {
        NumberPicture picture = NumberPicture.parse(format);
        BigDecimal exact = BigDecimal.valueOf(value);
        return picture.scientific
                ? scientificDouble(exact, value < 0, picture.behind)
                : ofNumeric(exact, format);
    }

    static String ofDouble(double value, String format) {
        return ofFloat(value, format, DOUBLE_DIGITS);
    }

    static String ofReal(float value, String format) {
        return ofFloat(value, format, REAL_DIGITS);
    }

    private static String ofFloat(double value, String format, int digits) {
        NumberPicture picture = NumberPicture.parse(format);
        if (!Double.isFinite(value)) {
            return ofInfinity(picture, value);
        }
        BigDecimal exact = new BigDecimal(value);
        if (picture.roman) {
            double whole = Math.clamp(Math.rint(value), -1, ROMAN_MAX + 1);
            return write(picture, roman(new BigDecimal(whole)), false);
        }
        if (picture.scientific) {
            return scientificDouble(exact, isNegative(value), picture.behind);
        }
        BigDecimal shifted = shift(picture, exact);
        int before = shifted.abs().setScale(0, RoundingMode.HALF_EVEN).toPlainString().length();
        // No more digits are shown than the type keeps.
        int behind = picture.behind;
        if (before >= digits) {
            behind = 0;
        } else if (before + behind > digits) {
            behind = digits - before;
        }
        picture.behind = behind;
        BigDecimal rounded = shifted.setScale(behind, RoundingMode.HALF_EVEN);
        return write(picture, rounded.abs().toPlainString(), isNegative(value));
    }

    private static boolean isNegative(double value) {
        return value < 0 || (value == 0 && 1 / value < 0);
    }

    private static String ofInfinity(NumberPicture picture, double value) {
        if (picture.roman) {
            return write(picture, "#".repeat(ROMAN_WIDTH), false);
        }
        if (picture.scientific) {
            return " "
                    + "#".repeat(picture.before)
                    + "."
                    + "#".repeat(picture.behind + EXPONENT_WIDTH);
        }
        shift(picture, BigDecimal.ZERO);
        return write(picture, Double.isNaN(value) ? "NaN" : "Infinity", value < 0);
    }

    private static BigDecimal shift(NumberPicture picture, BigDecimal value) {
        if (!picture.shifted) {
            return value;
        }
        picture.before += picture.shift;
        return value.movePointRight(picture.shift);
    }

    private static String write(NumberPicture picture, String digits, boolean negative) {
        int point = digits.indexOf('.');
        int before = point < 0 ? digits.length() : point;
        String number = digits;
        int spaces = 0;
        if (!picture.roman) {
            if (before < picture.before) {
                spaces = picture.before - before;
            } else if (before > picture.before) {
                number = "#".repeat(picture.before) + "." + "#".repeat(picture.behind);
            }
        }
        return new NumberWriter(picture, number, negative, spaces).write();
    }

    /** Rounded after the exponent is known, so that 9.99 may become 10.0. */
    private static String scientific(BigDecimal value, int behind) {
        int exponent = value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
        BigDecimal mantissa = value.movePointLeft(exponent).setScale(behind, RoundingMode.HALF_UP);
        return scientific(mantissa, value.signum() < 0, exponent);
    }

    /** As C's %e does it. */
    private static String scientificDouble(BigDecimal value, boolean negative, int behind) {
        BigDecimal rounded = value.round(new MathContext(behind + 1, RoundingMode.HALF_EVEN));
        int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        BigDecimal mantissa =
                rounded.movePointLeft(exponent).setScale(behind, RoundingMode.HALF_EVEN);
        return scientific(mantissa, negative, exponent);
    }

    private static String scientific(BigDecimal mantissa, boolean negative, int exponent) {
        return (negative ? "-" : " ")
                + mantissa.abs().toPlainString()
                + "e"
                + (exponent < 0 ? "-" : "+")
                + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    private static String roman(BigDecimal value) {
        if (value.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new SqlException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
        }
        boolean fits = value.signum() > 0 && value.compareTo(BigDecimal.valueOf(ROMAN_MAX)) <= 0;
        if (!fits) {
            return "#".repeat(ROMAN_WIDTH);
        }
        int rest = value.intValueExact();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < ROMAN_VALUES.length; i++) {
            while (rest >= ROMAN_VALUES[i]) {
                out.append(ROMAN_DIGITS[i]);
                rest -= ROMAN_VALUES[i];
            }
        }
        return out.toString();
    }
}
