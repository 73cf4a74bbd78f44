package io.faraddb.engine.storage;

import io.faraddb.engine.type.KeyWriter;
import org.jspecify.annotations.Nullable;

/**
 * Keys between two bounds.
 *
 * @param low null for no lower bound
 * @param high null for no upper bound
 */
public record KeyRange(
        byte @Nullable [] low,
        boolean lowInclusive,
        byte @Nullable [] high,
        boolean highInclusive) {

    public static final KeyRange ALL = new KeyRange(null, true, null, true);

    /** The one key. */
    public static KeyRange point(byte[] key) {
        return new KeyRange(key, true, key, true);
    }

    /** All keys that begin with the prefix, the prefix itself among them. */
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix, true, KeyWriter.successor(prefix), false);
    }

    public boolean contains(byte[] key) {
        return contains(key, 0, key.length);
    }

    boolean contains(byte[] key, int from, int to) {
        return !below(key, from, to) && !above(key, from, to);
    }

    /** Whether the key lies before the range. */
    boolean below(byte[] key, int from, int to) {
        if (low == null) {
            return false;
        }
        int order = KeyOrder.compare(key, from, to, low, 0, low.length);
        return lowInclusive ? order < 0 : order <= 0;
    }

    /** Whether the key lies behind the range. */
    boolean above(byte[] key, int from, int to) {
        if (high == null) {
            return false;
        }
        int order = KeyOrder.compare(key, from, to, high, 0, high.length);
        return highInclusive ? order > 0 : order >= 0;
    }

    boolean intersects(KeyRange other) {
        return !endsBefore(other) && !other.endsBefore(this);
    }

    private boolean endsBefore(KeyRange other) {
        if (high == null || other.low == null) {
            return false;
        }
        int order = KeyOrder.compare(high, other.low);
        return order < 0 || (order == 0 && !(highInclusive && other.lowInclusive));
    }
}
