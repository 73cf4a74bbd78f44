package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.TextFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Mathematics of numeric, with as many digits as PostgreSQL gives a result. */
final class NumericMath {

    /** Digits that round and trunc look at, in both directions. */
    private static final int RESULT_SCALE_MAX = 2000;

    private static final double LOG10_E = 0.434294481903252;
    private static final double LN_10 = 2.302585092994046;
    private static final BigDecimal NEAR_ONE_LOW = new BigDecimal("0.9");
    private static final BigDecimal NEAR_ONE_HIGH = new BigDecimal("1.1");

    /** The greatest whose factorial fits numeric. */
    private static final long FACTORIAL_MAX = 32_177;

    private NumericMath() {}

    private static int resultScale(int weight, int inputScale) {
        int scale = Math.max(Numerics.SIGNIFICANT_DIGITS_MIN - weight, inputScale);
        return Math.clamp(scale, 0, Numerics.DISPLAY_SCALE_MAX);
    }

    private static SqlException overflow() {
        return new SqlException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
    }

    static BigDecimal round(BigDecimal value, long digits) {
        return scaled(value, digits, RoundingMode.HALF_UP);
    }

    static BigDecimal truncate(BigDecimal value, long digits) {
        return scaled(value, digits, RoundingMode.DOWN);
    }

    private static BigDecimal scaled(BigDecimal value, long digits, RoundingMode mode) {
        int scale = Math.clamp(digits, -RESULT_SCALE_MAX, RESULT_SCALE_MAX);
        BigDecimal result = value.setScale(scale, mode);
        return TextFormat.inRange(scale < 0 ? result.setScale(0) : result);
    }

    static BigDecimal squareRoot(BigDecimal value) {
        if (value.signum() < 0) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER,
                    "cannot take square root of a negative number");
        }
        int weight = 2 * Numerics.weight(value) + 1;
        int scale = resultScale(weight, value.scale());
        return value.signum() == 0
                ? BigDecimal.ZERO.setScale(scale)
                : Transcendentals.squareRoot(value, scale);
    }

    static BigDecimal exponential(BigDecimal value) {
        double size =
                Math.clamp(value.doubleValue() * LOG10_E, -RESULT_SCALE_MAX, RESULT_SCALE_MAX);
        return exponential(value, resultScale((int) size, value.scale()));
    }

    private static BigDecimal exponential(BigDecimal value, int scale) {
        double size = value.doubleValue();
        if (Math.abs(size) >= RESULT_SCALE_MAX * 3) {
            if (size > 0) {
                throw overflow();
            }
            return BigDecimal.ZERO.setScale(scale);
        }
        return Transcendentals.exponential(value, scale);
    }

    private static void checkLogarithm(BigDecimal value) {
        if (value.signum() == 0) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of zero");
        }
        if (value.signum() < 0) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM,
                    "cannot take logarithm of a negative number");
        }
    }

    static BigDecimal naturalLogarithm(BigDecimal value) {
        checkLogarithm(value);
        int scale = resultScale(logarithmWeight(value), value.scale());
        return Transcendentals.naturalLogarithm(value, scale);
    }

    static BigDecimal logarithm(BigDecimal base, BigDecimal value) {
        checkLogarithm(base);
        checkLogarithm(value);
        int weight = logarithmWeight(value) - logarithmWeight(base);
        int scale = resultScale(weight, Math.max(base.scale(), value.scale()));
        int inner = scale + Math.abs(weight) + Math.abs(logarithmWeight(base)) + 8;
        BigDecimal divisor = Transcendentals.logarithm(base, inner);
        if (divisor.signum() == 0) {
            throw Integers.divisionByZero();
        }
        return Transcendentals.logarithm(value, inner).divide(divisor, scale, RoundingMode.HALF_UP);
    }

    /** PostgreSQL's estimate of the power of ten of a natural logarithm's first digit. */
    private static int logarithmWeight(BigDecimal value) {
        if (value.compareTo(NEAR_ONE_LOW) >= 0 && value.compareTo(NEAR_ONE_HIGH) <= 0) {
            BigDecimal difference = value.subtract(BigDecimal.ONE);
            return difference.signum() == 0 ? 0 : difference.precision() - difference.scale() - 1;
        }
        double digits = Numerics.firstGroup(value);
        int weight = Numerics.weight(value) * Numerics.DIGITS_PER_GROUP;
        BigDecimal rest = value.movePointLeft(weight).subtract(BigDecimal.valueOf((long) digits));
        if (rest.signum() != 0) {
            digits = digits * 10_000 + Math.floor(rest.movePointRight(4).doubleValue());
            weight -= Numerics.DIGITS_PER_GROUP;
        }
        return (int) Math.log10(Math.abs(Math.log(digits) + weight * LN_10));
    }

    static BigDecimal power(BigDecimal base, BigDecimal exponent) {
        if (base.signum() == 0 && exponent.signum() < 0) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER,
                    "zero raised to a negative power is undefined");
        }
        boolean whole = exponent.stripTrailingZeros().scale() <= 0;
        if (base.signum() < 0 && !whole) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER,
                    "a negative number raised to a non-integer power yields a complex result");
        }
        boolean fits = whole && exponent.abs().compareTo(BigDecimal.valueOf(1L << 31)) < 0;
        if (fits) {
            return wholePower(base, exponent.intValueExact());
        }
        if (base.signum() == 0) {
            return BigDecimal.ZERO.setScale(Numerics.SIGNIFICANT_DIGITS_MIN);
        }
        BigDecimal size = base.abs();
        BigDecimal result = positivePower(size, exponent);
        boolean odd = whole && exponent.toBigInteger().testBit(0);
        return base.signum() < 0 && odd ? result.negate() : result;
    }

    private static BigDecimal positivePower(BigDecimal base, BigDecimal exponent) {
        int weight = logarithmWeight(base);
        BigDecimal rough = Transcendentals.logarithm(base, Math.max(8 - weight, 0));
        double size = rough.multiply(exponent).doubleValue();
        if (Math.abs(size) > RESULT_SCALE_MAX * 3.01) {
            if (size > 0) {
                throw overflow();
            }
            return BigDecimal.ZERO.setScale(Numerics.DISPLAY_SCALE_MAX);
        }
        int scale = resultScale((int) (size * LOG10_E), Math.max(base.scale(), exponent.scale()));
        int inner = scale + Math.max(0, (int) (size * LOG10_E) - weight) + 8;
        int exponentDigits = Math.max(0, exponent.precision() - exponent.scale());
        BigDecimal logarithm = Transcendentals.logarithm(base, inner + exponentDigits);
        return exponential(logarithm.multiply(exponent), scale);
    }

    /** Its scale does not depend on the size of the result. */
    private static BigDecimal wholePower(BigDecimal base, int exponent) {
        int scale = resultScale(0, base.scale());
        if (base.signum() == 0) {
            return (exponent == 0 ? BigDecimal.ONE : BigDecimal.ZERO).setScale(scale);
        }
        double size = exponent * decimalLogarithm(base.abs());
        if (size > TextFormat.NUMERIC_INTEGER_DIGITS_MAX + 1) {
            throw overflow();
        }
        if (size < -scale - 1) {
            return BigDecimal.ZERO.setScale(scale);
        }
        int digits = scale + (int) Math.abs(size) + 10;
        BigDecimal power = Transcendentals.power(base, Math.abs((long) exponent), digits);
        BigDecimal result =
                exponent < 0
                        ? BigDecimal.ONE.divide(power, scale, RoundingMode.HALF_UP)
                        : power.setScale(scale, RoundingMode.HALF_UP);
        return TextFormat.inRange(result);
    }

    private static double decimalLogarithm(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        return Math.log10(value.movePointLeft(exponent).doubleValue()) + exponent;
    }

    static BigDecimal factorial(long n) {
        if (n < 0) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "factorial of a negative number is undefined");
        }
        if (n > FACTORIAL_MAX) {
            throw overflow();
        }
        BigInteger product = BigInteger.ONE;
        for (long i = 2; i <= n; i++) {
            product = product.multiply(BigInteger.valueOf(i));
        }
        return new BigDecimal(product);
    }

    static BigDecimal greatestDivisor(BigDecimal a, BigDecimal b) {
        int scale = Math.max(a.scale(), b.scale());
        BigInteger divisor =
                a.setScale(scale).unscaledValue().gcd(b.setScale(scale).unscaledValue());
        return new BigDecimal(divisor, scale);
    }

    static BigDecimal leastMultiple(BigDecimal a, BigDecimal b) {
        int scale = Math.max(a.scale(), b.scale());
        if (a.signum() == 0 || b.signum() == 0) {
            return BigDecimal.ZERO.setScale(scale);
        }
        BigDecimal divisor = greatestDivisor(a, b);
        BigDecimal multiple = a.divide(divisor, 0, RoundingMode.DOWN).multiply(b).abs();
        return TextFormat.inRange(multiple.setScale(scale));
    }
}
