package io.faraddb.engine.ring;

/**
 * MurmurHash3 x64 128, of which VoltDB's clients use the high 32 bits of the first half.
 *
 * <p>Source: Austin Appleby, MurmurHash3 (public domain); seed 0.
 */
final class Murmur3 {

    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private Murmur3() {}

    /** The high 32 bits of the hash's first 64. */
    static int hash(byte[] bytes) {
        long h1 = 0;
        long h2 = 0;
        int blocks = bytes.length >>> 4;
        for (int i = 0; i < blocks; i++) {
            h1 ^= mix1(longAt(bytes, i * 16, 8));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mix2(longAt(bytes, i * 16 + 8, 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        int tail = bytes.length & 15;
        int start = blocks * 16;
        if (tail > 8) {
            h2 ^= mix2(longAt(bytes, start + 8, tail - 8));
        }
        if (tail > 0) {
            h1 ^= mix1(longAt(bytes, start, Math.min(tail, 8)));
        }
        return finish(h1, h2, bytes.length);
    }

    /** The same of the 8 little-endian bytes of a number. */
    static int hash(long value) {
        return finish(mix1(value), 0, 8);
    }

    private static int finish(long first, long second, int length) {
        long h1 = first ^ length;
        long h2 = second ^ length;
        h1 += h2;
        h2 += h1;
        h1 = avalanche(h1);
        h2 = avalanche(h2);
        return (int) ((h1 + h2) >>> 32);
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long avalanche(long value) {
        long k = value;
        k = (k ^ (k >>> 33)) * 0xff51afd7ed558ccdL;
        k = (k ^ (k >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return k ^ (k >>> 33);
    }

    private static long longAt(byte[] bytes, int offset, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[offset + i] & 0xFF);
        }
        return value;
    }
}
