package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;

/** Arithmetic of floating point numbers with PostgreSQL's checks. */
public final class Floats {

    private Floats() {}

    public static SqlException overflow() {
        return new SqlException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
    }

    static SqlException underflow() {
        return new SqlException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: underflow");
    }

    public static double add(double a, double b) {
        double sum = a + b;
        if (Double.isInfinite(sum) && Double.isFinite(a) && Double.isFinite(b)) {
            throw overflow();
        }
        return sum;
    }

    public static double multiply(double a, double b) {
        double product = a * b;
        if (Double.isInfinite(product) && Double.isFinite(a) && Double.isFinite(b)) {
            throw overflow();
        }
        if (product == 0 && a != 0 && b != 0) {
            throw underflow();
        }
        return product;
    }

    public static double divide(double a, double b) {
        if (b == 0 && !Double.isNaN(a)) {
            throw Integers.divisionByZero();
        }
        double quotient = a / b;
        if (Double.isInfinite(quotient) && !Double.isInfinite(a)) {
            throw overflow();
        }
        if (quotient == 0 && a != 0 && !Double.isInfinite(b)) {
            throw underflow();
        }
        return quotient;
    }

    public static float add(float a, float b) {
        float sum = a + b;
        if (Float.isInfinite(sum) && Float.isFinite(a) && Float.isFinite(b)) {
            throw overflow();
        }
        return sum;
    }

    static float multiply(float a, float b) {
        float product = a * b;
        if (Float.isInfinite(product) && Float.isFinite(a) && Float.isFinite(b)) {
            throw overflow();
        }
        if (product == 0 && a != 0 && b != 0) {
            throw underflow();
        }
        return product;
    }

    static float divide(float a, float b) {
        if (b == 0 && !Float.isNaN(a)) {
            throw Integers.divisionByZero();
        }
        float quotient = a / b;
        if (Float.isInfinite(quotient) && !Float.isInfinite(a)) {
            throw overflow();
        }
        if (quotient == 0 && a != 0 && !Float.isInfinite(b)) {
            throw underflow();
        }
        return quotient;
    }

    static double power(double base, double exponent) {
        if (base == 1 || exponent == 0) {
            return 1;
        }
        if (base == 0 && exponent < 0) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER,
                    "zero raised to a negative power is undefined");
        }
        if (base < 0 && Double.isFinite(exponent) && exponent != Math.rint(exponent)) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER,
                    "a negative number raised to a non-integer power yields a complex result");
        }
        // C's pow knows that an infinite power of -1 has the size 1.
        if (base == -1 && Double.isInfinite(exponent)) {
            return 1;
        }
        return checked(Math.pow(base, exponent), base, exponent);
    }

    private static double checked(double result, double base, double exponent) {
        boolean finite = Double.isFinite(base) && Double.isFinite(exponent);
        if (finite && Double.isInfinite(result)) {
            throw overflow();
        }
        if (finite && result == 0 && base != 0) {
            throw underflow();
        }
        return result;
    }
}
