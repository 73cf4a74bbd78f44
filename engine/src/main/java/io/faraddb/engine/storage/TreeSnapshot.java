package io.faraddb.engine.storage;

/**
 * A tree as it was. Any number of threads may read it. Whoever took it hands it to them in a way
 * that publishes it: a queue, a future, a volatile or final field.
 */
public final class TreeSnapshot implements TreeReader {

    private final Object root;
    private final long rows;
    private final long allocatedBytes;

    TreeSnapshot(Object root, long rows, long allocatedBytes) {
        this.root = root;
        this.rows = rows;
        this.allocatedBytes = allocatedBytes;
    }

    @Override
    public boolean get(byte[] key, int offset, int length, RowCursor into) {
        return Tree.find(root, key, offset, offset + length, into);
    }

    @Override
    public TreeCursor cursor(KeyRange range, boolean descending) {
        return new TreeCursor(root, null, range, descending);
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long allocatedBytes() {
        return allocatedBytes;
    }
}
