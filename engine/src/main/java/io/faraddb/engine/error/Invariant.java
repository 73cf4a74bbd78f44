package io.faraddb.engine.error;

import org.jspecify.annotations.Nullable;

/** Checks that stay on in production: no answer is better than a wrong one. */
public final class Invariant {

    private Invariant() {}

    /**
     * @throws InvariantViolation if {@code holds} is false
     */
    public static void check(boolean holds, String message) {
        if (!holds) {
            throw new InvariantViolation(message);
        }
    }

    /**
     * @param format as {@link String#format}; evaluated only on a violation
     */
    public static void check(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new InvariantViolation(format.formatted(arguments));
        }
    }

    /**
     * @return value, which is not null
     * @throws InvariantViolation if it is
     */
    public static <T> T notNull(@Nullable T value, String message) {
        if (value == null) {
            throw new InvariantViolation(message);
        }
        return value;
    }
}
