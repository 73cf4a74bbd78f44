package io.faraddb.engine.storage;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The order of keys: unsigned byte by byte, a prefix before what it is a prefix of. */
final class KeyOrder {

    static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private KeyOrder() {}

    static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        return Arrays.compareUnsigned(a, aFrom, aTo, b, bFrom, bTo);
    }

    /** Most keys that are compared differ in their first eight bytes. */
    static int compare(byte[] a, byte[] b) {
        if (a.length >= Long.BYTES && b.length >= Long.BYTES) {
            long aPrefix = (long) LONG.get(a, 0);
            long bPrefix = (long) LONG.get(b, 0);
            if (aPrefix != bPrefix) {
                return Long.compareUnsigned(aPrefix, bPrefix);
            }
        }
        return Arrays.compareUnsigned(a, b);
    }

    /**
     * The first eight bytes of a key, padded with zeros, as a number that is not negative: the last
     * of their bits is left out, so that of two such numbers a - b is negative if and only if a is
     * less. Their order is the order of keys; keys with equal prefixes need not be equal.
     */
    static long prefix(byte[] key, int from, int to) {
        int length = to - from;
        if (length >= Long.BYTES) {
            return (long) LONG.get(key, from) >>> 1;
        }
        if (length <= 0) {
            return 0;
        }
        int unused = Long.SIZE - length * 8;
        if (to >= Long.BYTES) {
            return (long) LONG.get(key, to - Long.BYTES) << unused >>> 1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value << 8 | (key[i] & 0xFF);
        }
        return value << unused >>> 1;
    }
}
