package io.faraddb.engine.sql.function.number;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Roots, exponentials and logarithms of numeric to any number of digits. */
final class Transcendentals {

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal SMALL = new BigDecimal("0.01");
    private static final BigDecimal NEAR_ONE_LOW = new BigDecimal("0.9");
    private static final BigDecimal NEAR_ONE_HIGH = new BigDecimal("1.1");

    /** Digits beyond those asked for, to round the last one rightly. */
    private static final int GUARD_DIGITS = 15;

    private Transcendentals() {}

    /**
     * @param scale digits behind the point of the result
     */
    static BigDecimal squareRoot(BigDecimal value, int scale) {
        int digits = Math.max(1, value.precision() - value.scale()) / 2 + scale + GUARD_DIGITS;
        return value.sqrt(new MathContext(Math.max(digits, 1), RoundingMode.HALF_EVEN))
                .setScale(scale, RoundingMode.HALF_UP);
    }

    /**
     * @param value of a size whose exponential numeric can hold
     */
    static BigDecimal exponential(BigDecimal value, int scale) {
        int integerDigits = (int) Math.max(0, value.doubleValue() / Math.log(10)) + 1;
        int digits = scale + integerDigits + GUARD_DIGITS;
        BigDecimal reduced = value;
        int halvings = 0;
        while (reduced.abs().compareTo(SMALL) > 0) {
            reduced = reduced.divide(TWO);
            halvings++;
        }
        MathContext context = new MathContext(digits + halvings, RoundingMode.HALF_EVEN);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        BigDecimal enough = BigDecimal.ONE.movePointLeft(context.getPrecision() + 2);
        for (int i = 1; term.abs().compareTo(enough) > 0; i++) {
            term = term.multiply(reduced, context).divide(BigDecimal.valueOf(i), context);
            sum = sum.add(term, context);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, context);
        }
        return sum.setScale(scale, RoundingMode.HALF_UP);
    }

    /**
     * @param value above zero
     */
    static BigDecimal naturalLogarithm(BigDecimal value, int scale) {
        return logarithm(value, scale).setScale(scale, RoundingMode.HALF_UP);
    }

    /** With more digits than asked for. */
    static BigDecimal logarithm(BigDecimal value, int scale) {
        int exponent = value.precision() - value.scale() - 1;
        MathContext context =
                new MathContext(Math.max(scale, 0) + GUARD_DIGITS + 10, RoundingMode.HALF_EVEN);
        // value = mantissa * 10^exponent, so that few roots bring the mantissa near to one.
        BigDecimal mantissa = value.movePointLeft(exponent);
        if (mantissa.compareTo(NEAR_ONE_HIGH) > 0 && exponent == -1) {
            mantissa = value;
            exponent = 0;
        }
        BigDecimal result = nearOne(mantissa, context);
        if (exponent != 0) {
            BigDecimal ten = nearOne(BigDecimal.TEN, context);
            result = result.add(ten.multiply(BigDecimal.valueOf(exponent)), context);
        }
        return result;
    }

    private static BigDecimal nearOne(BigDecimal value, MathContext context) {
        BigDecimal reduced = value;
        BigDecimal factor = TWO;
        while (reduced.compareTo(NEAR_ONE_LOW) < 0 || reduced.compareTo(NEAR_ONE_HIGH) > 0) {
            reduced = reduced.sqrt(context);
            factor = factor.multiply(TWO);
        }
        // ln x = 2 * (z + z^3 / 3 + z^5 / 5 ...) with z = (x - 1) / (x + 1).
        BigDecimal z =
                reduced.subtract(BigDecimal.ONE).divide(reduced.add(BigDecimal.ONE), context);
        BigDecimal square = z.multiply(z, context);
        BigDecimal power = z;
        BigDecimal sum = z;
        BigDecimal enough = BigDecimal.ONE.movePointLeft(context.getPrecision() + 2);
        for (int i = 3; power.abs().compareTo(enough) > 0; i += 2) {
            power = power.multiply(square, context);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), context), context);
        }
        return sum.multiply(factor, context);
    }

    /**
     * @param exponent not negative
     * @param digits that the result is to be right in
     */
    static BigDecimal power(BigDecimal base, long exponent, int digits) {
        MathContext context = new MathContext(digits + GUARD_DIGITS + 10, RoundingMode.HALF_EVEN);
        BigDecimal result = BigDecimal.ONE;
        BigDecimal square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result.multiply(square, context);
            }
            if (rest > 1) {
                square = square.multiply(square, context);
            }
        }
        return result;
    }
}
