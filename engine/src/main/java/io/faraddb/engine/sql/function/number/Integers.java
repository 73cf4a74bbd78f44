package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.TypeKind;

/** Arithmetic of integers of one kind. */
public final class Integers {

    private Integers() {}

    /** The number, which its kind can hold. */
    static long inRange(TypeKind kind, long value) {
        boolean fits =
                switch (kind) {
                    case SMALLINT -> value == (short) value;
                    case INTEGER -> value == (int) value;
                    default -> true;
                };
        if (!fits) {
            throw outOfRange(kind);
        }
        return value;
    }

    static SqlException outOfRange(TypeKind kind) {
        return new SqlException(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, kind.sqlName() + " out of range");
    }

    public static SqlException divisionByZero() {
        return new SqlException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
    }

    public static long add(TypeKind kind, long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw outOfRange(kind);
        }
        return inRange(kind, sum);
    }

    public static long subtract(TypeKind kind, long a, long b) {
        long difference = a - b;
        if (((a ^ b) & (a ^ difference)) < 0) {
            throw outOfRange(kind);
        }
        return inRange(kind, difference);
    }

    static long multiply(TypeKind kind, long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        if (high != low >> 63) {
            throw outOfRange(kind);
        }
        return inRange(kind, low);
    }

    static long divide(TypeKind kind, long a, long b) {
        if (b == 0) {
            throw divisionByZero();
        }
        if (b == -1) {
            return subtract(kind, 0, a);
        }
        return a / b;
    }

    static long remainder(long a, long b) {
        if (b == 0) {
            throw divisionByZero();
        }
        return b == -1 ? 0 : a % b;
    }

    static long absolute(TypeKind kind, long a) {
        return a < 0 ? subtract(kind, 0, a) : a;
    }

    static long greatestDivisor(TypeKind kind, long first, long second) {
        // In negatives, since there are more of them.
        long a = first > 0 ? -first : first;
        long b = second > 0 ? -second : second;
        while (b != 0) {
            long rest = b == -1 ? 0 : a % b;
            a = b;
            b = rest;
        }
        return subtract(kind, 0, a);
    }

    static long leastMultiple(TypeKind kind, long a, long b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        long divisor = greatestDivisor(kind, a, b);
        return absolute(kind, multiply(kind, a / divisor, b));
    }
}
