package io.faraddb.engine.storage;

/** What can be read from a tree, be it live or a snapshot. */
public sealed interface TreeReader permits Tree, TreeSnapshot {

    /**
     * Looks a key up.
     *
     * @param into points to the value afterwards, if there is one
     * @return whether the key is there
     */
    boolean get(byte[] key, int offset, int length, RowCursor into);

    default boolean get(byte[] key, RowCursor into) {
        return get(key, 0, key.length, into);
    }

    /** The rows of a range in the order of their keys, or in the opposite order. */
    TreeCursor cursor(KeyRange range, boolean descending);

    long rows();

    /** Bytes of heap that the tree's pages take, unused room included. */
    long allocatedBytes();
}
