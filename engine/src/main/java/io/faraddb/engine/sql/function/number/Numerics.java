package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.type.TextFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Arithmetic of numeric with as many digits as PostgreSQL gives a result. */
public final class Numerics {

    /** Digits that a quotient has at least. */
    static final int SIGNIFICANT_DIGITS_MIN = 16;

    /** Digits behind the point that a quotient, root or logarithm has at most. */
    static final int DISPLAY_SCALE_MAX = 1000;

    /** PostgreSQL counts in digits of base 10000. */
    static final int DIGITS_PER_GROUP = 4;

    private Numerics() {}

    public static BigDecimal add(BigDecimal a, BigDecimal b) {
        return TextFormat.inRange(a.add(b));
    }

    static BigDecimal multiply(BigDecimal a, BigDecimal b) {
        return TextFormat.inRange(a.multiply(b));
    }

    public static BigDecimal divide(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw Integers.divisionByZero();
        }
        return TextFormat.inRange(a.divide(b, quotientScale(a, b), RoundingMode.HALF_UP));
    }

    static BigDecimal remainder(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw Integers.divisionByZero();
        }
        int scale = Math.max(a.scale(), b.scale());
        return a.subtract(b.multiply(divideWhole(a, b))).setScale(scale, RoundingMode.DOWN);
    }

    static BigDecimal divideWhole(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw Integers.divisionByZero();
        }
        return a.divide(b, 0, RoundingMode.DOWN);
    }

    /** PostgreSQL's select_div_scale. */
    private static int quotientScale(BigDecimal a, BigDecimal b) {
        int weight = weight(a) - weight(b);
        if (firstGroup(a) <= firstGroup(b)) {
            weight--;
        }
        int scale = SIGNIFICANT_DIGITS_MIN - weight * DIGITS_PER_GROUP;
        scale = Math.max(scale, Math.max(a.scale(), b.scale()));
        return Math.clamp(scale, 0, DISPLAY_SCALE_MAX);
    }

    /** Power of 10000 that the first group of digits counts; 0 of zero. */
    static int weight(BigDecimal value) {
        return value.signum() == 0
                ? 0
                : Math.floorDiv(value.precision() - value.scale() - 1, DIGITS_PER_GROUP);
    }

    /** The first of the groups of four digits, as they lie before and behind the point. */
    static int firstGroup(BigDecimal value) {
        if (value.signum() == 0) {
            return 0;
        }
        int exponent = value.precision() - value.scale() - 1;
        int digits = Math.floorMod(exponent, DIGITS_PER_GROUP) + 1;
        BigInteger unscaled = value.unscaledValue().abs();
        int surplus = value.precision() - digits;
        return surplus >= 0
                ? unscaled.divide(BigInteger.TEN.pow(surplus)).intValue()
                : unscaled.multiply(BigInteger.TEN.pow(-surplus)).intValue();
    }

    /**
     * @param scale digits behind the point of the result
     */
    public static BigDecimal squareRoot(BigDecimal value, int scale) {
        return Transcendentals.squareRoot(value, scale);
    }
}
