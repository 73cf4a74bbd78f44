package io.faraddb.bench.storage;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Keys to benchmark with, the same in each run. */
final class Keys {

    private static final long SEED = 42;

    private Keys() {}

    /** Keys of 8 bytes count up; longer ones are random. */
    static byte[][] of(int keyBytes, int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[][] keys = new byte[count][keyBytes];
        for (int i = 0; i < count; i++) {
            if (keyBytes == Long.BYTES) {
                ByteBuffer.wrap(keys[i]).putLong(i ^ Long.MIN_VALUE);
            } else {
                random.nextBytes(keys[i]);
            }
        }
        return keys;
    }

    /** Copies, so that keys that are used one after the other lie side by side in memory. */
    static byte[][] inOtherOrder(byte[][] keys) {
        byte[][] copies = new byte[keys.length][];
        int[] order = shuffled(keys.length);
        for (int i = 0; i < keys.length; i++) {
            copies[i] = keys[order[i]].clone();
        }
        return copies;
    }

    static int[] shuffled(int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
