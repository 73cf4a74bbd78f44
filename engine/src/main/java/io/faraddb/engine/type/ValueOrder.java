package io.faraddb.engine.type;

import io.faraddb.engine.error.InvariantViolation;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The order of values of one kind: the same that {@link KeyWriter} gives their bytes.
 *
 * <p>Text is ordered by code point (the collation "C"), NaN is the greatest number.
 */
public final class ValueOrder {

    private ValueOrder() {}

    /**
     * @param kind of both values
     * @return negative, zero or positive
     */
    public static int compare(TypeKind kind, Object left, Object right) {
        return switch (left) {
            case Long number -> Long.compare(number, (Long) right);
            case String text ->
                    kind == TypeKind.CHAR
                            ? compareText(text.stripTrailing(), ((String) right).stripTrailing())
                            : compareText(text, (String) right);
            case BigDecimal number -> number.compareTo((BigDecimal) right);
            case Double number -> Double.compare(number + 0.0, (Double) right + 0.0);
            case Float number -> Float.compare(number + 0.0f, (Float) right + 0.0f);
            case Boolean truth -> Boolean.compare(truth, (Boolean) right);
            case byte[] bytes -> Arrays.compareUnsigned(bytes, (byte[]) right);
            case UUID id -> compareUuid(id, (UUID) right);
            case Interval span -> span.compareTo((Interval) right);
            case List<?> list -> compareLists(list, (List<?>) right);
            default -> throw new InvariantViolation("a value of " + left.getClass());
        };
    }

    /** UTF-16 order but for surrogates, which belong above the rest of the basic plane. */
    private static int compareText(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean aHigh = Character.isSurrogate(a);
                boolean bHigh = Character.isSurrogate(b);
                return aHigh == bHigh ? Character.compare(a, b) : aHigh ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static int compareUuid(UUID left, UUID right) {
        int high =
                Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(
                        left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }

    private static int compareLists(List<?> left, List<?> right) {
        Iterator<?> others = right.iterator();
        for (Object element : left) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = compareNullable(element, others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    private static int compareNullable(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? 1 : -1;
        }
        return compare(TypeKind.UNKNOWN, left, right);
    }
}
