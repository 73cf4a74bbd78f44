package io.faraddb.engine.storage;

import io.faraddb.engine.error.Invariant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks the rows of a range. It stands before the first row until {@link #next} is called. On a
 * live tree it may be used until the tree changes.
 */
public final class TreeCursor {

    /** Inner pages above a leaf of a tree of a hundred million rows. */
    private static final int DEPTH_MOSTLY = 4;

    private final @Nullable Tree live;
    private final long modifications;
    private final KeyRange range;
    private final boolean descending;
    private Inner[] path = new Inner[DEPTH_MOSTLY];
    private int[] slots = new int[DEPTH_MOSTLY];
    private int depth;

    private byte[] leaf;
    private int count;
    private int entry;
    // The last entry of this leaf in the range; then whether the range goes on behind it.
    private int lastEntry;
    private boolean more;

    private final RowCursor value = new RowCursor();
    private int keyOffset;

    TreeCursor(Object root, @Nullable Tree live, KeyRange range, boolean descending) {
        this.live = live;
        this.modifications = live == null ? 0 : live.modifications();
        this.range = range;
        this.descending = descending;
        byte[] from = descending ? range.high() : range.low();
        leaf = descend(root, from);
        count = Page.count(leaf);
        if (descending) {
            entry = from == null ? count : firstAbove(from, range.highInclusive());
        } else {
            entry = (from == null ? 0 : firstAbove(from, !range.lowInclusive())) - 1;
        }
        limitLeaf();
    }

    private byte[] descend(Object from, byte @Nullable [] key) {
        Object page = from;
        while (page instanceof Inner inner) {
            int slot;
            if (key == null) {
                slot = descending ? inner.childCount() - 1 : 0;
            } else {
                slot = inner.childOf(key, 0, key.length);
            }
            if (depth == path.length) {
                path = Arrays.copyOf(path, Tree.DEPTH_MAX);
                slots = Arrays.copyOf(slots, Tree.DEPTH_MAX);
            }
            path[depth] = inner;
            slots[depth++] = slot;
            page = inner.child(slot);
        }
        return (byte[]) page;
    }

    /** The first entry of the leaf that is greater than the key, or also equal to it. */
    private int firstAbove(byte[] key, boolean strictly) {
        int found = Page.search(leaf, key, 0, key.length);
        if (found < 0) {
            return -1 - found;
        }
        return strictly ? found + 1 : found;
    }

    private void limitLeaf() {
        byte[] to = descending ? range.low() : range.high();
        if (descending) {
            lastEntry = to == null ? 0 : firstAbove(to, !range.lowInclusive());
            more = to == null || lastEntry == 0;
        } else {
            lastEntry = to == null ? count - 1 : firstAbove(to, range.highInclusive()) - 1;
            more = to == null || lastEntry == count - 1;
        }
    }

    /**
     * Steps to the next row.
     *
     * @return false behind the last one
     */
    public boolean next() {
        if (live != null) {
            Invariant.check(
                    live.modifications() == modifications, "a live tree's cursor ends at a write");
        }
        if (descending) {
            if (--entry < lastEntry && !stepLeaf()) {
                entry = lastEntry;
                return false;
            }
        } else if (++entry > lastEntry && !stepLeaf()) {
            entry = lastEntry;
            return false;
        }
        keyOffset = Page.keyOffset(leaf, entry);
        Page.point(leaf, entry, value);
        return true;
    }

    private boolean stepLeaf() {
        while (more) {
            int level = depth - 1;
            while (level >= 0 && slots[level] == (descending ? 0 : path[level].childCount() - 1)) {
                level--;
            }
            if (level < 0) {
                more = false;
                return false;
            }
            slots[level] += descending ? -1 : 1;
            depth = level + 1;
            leaf = descend(path[level].child(slots[level]), null);
            count = Page.count(leaf);
            limitLeaf();
            entry = descending ? count - 1 : 0;
            if (descending ? entry >= lastEntry : entry <= lastEntry) {
                return true;
            }
        }
        return false;
    }

    /** The array that holds key and value; not to be written to. */
    public byte[] bytes() {
        return leaf;
    }

    public int keyOffset() {
        return keyOffset;
    }

    public int keyLength() {
        return value.offset() - keyOffset;
    }

    public int valueOffset() {
        return value.offset();
    }

    public int valueLength() {
        return value.length();
    }

    /** The key in an array of its own. */
    public byte[] key() {
        return Arrays.copyOfRange(leaf, keyOffset, value.offset());
    }

    /** The value in an array of its own. */
    public byte[] value() {
        return value.toBytes();
    }
}
