package io.faraddb.bench.storage;

import io.faraddb.engine.storage.Tree;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Puts rows of 100 bytes with keys of 8 into a tree, and tells what they take of the heap. */
public final class TreeCapacity {

    private static final int KEY_BYTES = Long.BYTES;
    private static final int VALUE_BYTES = 100;

    private TreeCapacity() {}

    /**
     * @param arguments rows, ten million by default; they come in no order
     */
    public static void main(String[] arguments) {
        int rows = arguments.length == 0 ? 10_000_000 : Integer.parseInt(arguments[0]);
        Tree tree = new Tree();
        byte[] key = new byte[KEY_BYTES];
        byte[] value = new byte[VALUE_BYTES];
        long begun = System.nanoTime();
        for (int row : Keys.shuffled(rows)) {
            ByteBuffer.wrap(key).putLong(row);
            tree.put(key, value);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d rows in a heap of %,d MiB: %,d MiB, %.3f heap bytes per raw byte,"
                        + " %,.0f inserts/s%n",
                tree.rows(),
                Runtime.getRuntime().maxMemory() >> 20,
                tree.allocatedBytes() >> 20,
                tree.allocatedBytes() / ((double) rows * (KEY_BYTES + VALUE_BYTES)),
                rows / seconds);
    }
}
