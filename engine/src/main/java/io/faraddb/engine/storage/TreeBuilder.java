package io.faraddb.engine.storage;

import io.faraddb.engine.error.Invariant;
import java.util.ArrayList;
import java.util.List;

/** Builds a tree from rows in ascending order of their keys, page after page, each one full. */
public final class TreeBuilder {

    private static final int CHILDREN = Tree.CHILDREN_MAX - Tree.CHILDREN_MAX / 8;

    private byte[] leaf = Page.empty(0, Tree.PAGE_BYTES);
    private final RowCursor room = new RowCursor();
    // Of one level, from the left; separator i stands between pages i and i + 1.
    private List<Object> pages = new ArrayList<>();
    private List<byte[]> separators = new ArrayList<>();
    private byte[] lastLeaf = {};
    private long rows;
    private long bytes;

    /** Appends a row; its key is greater than all before. */
    public void append(byte[] key, byte[] value) {
        append(key, 0, key.length, value.length);
        System.arraycopy(value, 0, room.bytes(), room.offset(), value.length);
    }

    /**
     * Appends a row with room for its value.
     *
     * @return the room; to be filled at once, and forgotten
     */
    RowCursor append(byte[] key, int from, int to, int valueLength) {
        Tree.checkSizes(to - from, valueLength);
        int count = Page.count(leaf);
        if (count > 0) {
            Invariant.check(
                    Page.compareKey(leaf, count - 1, key, from, to) < 0,
                    "a tree is built in the order of keys");
            int size = Page.entryBytes(to - from, valueLength);
            if (Page.liveBytes(leaf) + size > Tree.PAGE_BYTES) {
                seal();
                count = 0;
            }
        }
        leaf = Page.insert(leaf, count, key, from, to, valueLength);
        Page.point(leaf, count, room);
        rows++;
        return room;
    }

    private void seal() {
        byte[] full = Page.slice(leaf, 0, 0, Page.count(leaf));
        if (leaf.length > Tree.PAGE_BYTES) {
            leaf = Page.empty(0, Tree.PAGE_BYTES);
        }
        Page.clear(leaf);
        if (lastLeaf.length > 0) {
            separators.add(Page.separator(lastLeaf, full));
        }
        lastLeaf = full;
        pages.add(full);
        bytes += Page.allocatedBytes(full);
    }

    /** The tree of all rows. The builder is of no more use. */
    public Tree build() {
        if (Page.count(leaf) > 0 || pages.isEmpty()) {
            seal();
        }
        while (pages.size() > 1) {
            buildLevel();
        }
        return new Tree(pages.getFirst(), rows, bytes);
    }

    private void buildLevel() {
        List<Object> above = new ArrayList<>();
        List<byte[]> between = new ArrayList<>();
        for (int from = 0; from < pages.size(); from += CHILDREN) {
            int to = Math.min(pages.size(), from + CHILDREN);
            Inner inner = new Inner(0, pages.get(from));
            for (int i = from + 1; i < to; i++) {
                inner.insertChild(i - from, separators.get(i - 1), pages.get(i));
            }
            above.add(inner);
            bytes += inner.allocatedBytes();
            if (to < pages.size()) {
                between.add(separators.get(to - 1));
            }
        }
        pages = above;
        separators = between;
    }
}
