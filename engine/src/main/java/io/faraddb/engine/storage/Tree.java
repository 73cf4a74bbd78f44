package io.faraddb.engine.storage;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map from bytes to bytes: a B+tree of packed pages that are copied on write.
 *
 * <p>One thread owns a tree. Pages carry the epoch in which they were made. {@link #snapshot} hands
 * out the root and begins an epoch, in constant time; from then on a page of an older epoch is
 * copied, and with it the pages above it, before it is first changed. So a snapshot never changes,
 * needs no lock, and is given back by being forgotten.
 */
public final class Tree implements TreeReader {

    /** Bytes of one key. */
    public static final int KEY_BYTES_MAX = 16_383;

    /** Bytes of one value. */
    public static final int VALUE_BYTES_MAX = 16 << 20;

    /** A leaf of more bytes is split, unless it holds a single row. */
    static final int PAGE_BYTES = 4096;

    /** An inner page of more children is split. */
    static final int CHILDREN_MAX = 128;

    /** Pages from the root to a leaf. */
    static final int DEPTH_MAX = 12;

    /** A row of more bytes is not put among others into a full leaf. */
    private static final int LARGE_BYTES = PAGE_BYTES / 2;

    /** A page of less is joined with one beside it if both fill a page to three quarters. */
    private static final int PAGE_BYTES_MIN = PAGE_BYTES / 4;

    private static final int CHILDREN_MIN = CHILDREN_MAX / 4;

    // A page is an Inner or, if it is a leaf, a byte[] as Page draws it.
    private Object root;
    private long epoch;
    private long rows;
    private long allocatedBytes;
    private long modifications;
    private @Nullable TreeSnapshot unchangedSince;

    // The way from the root to the leaf of the last look-up for a write.
    private final Inner[] path = new Inner[DEPTH_MAX];
    private final int[] slots = new int[DEPTH_MAX];
    private int depth;

    private final RowCursor place = new RowCursor();

    public Tree() {
        this(Page.empty(0), 0, 0);
        allocatedBytes = allocatedBytes(root);
    }

    /** A tree of pages that a builder made in epoch 0. */
    Tree(Object root, long rows, long allocatedBytes) {
        this.root = root;
        this.rows = rows;
        this.allocatedBytes = allocatedBytes;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long allocatedBytes() {
        return allocatedBytes;
    }

    /** Grows with every write. */
    long modifications() {
        return modifications;
    }

    /** The tree as it is now, for any thread, for ever. Costs nothing until the next writes. */
    public TreeSnapshot snapshot() {
        TreeSnapshot snapshot = unchangedSince;
        if (snapshot == null) {
            snapshot = new TreeSnapshot(root, rows, allocatedBytes);
            unchangedSince = snapshot;
            epoch++;
        }
        return snapshot;
    }

    @Override
    public boolean get(byte[] key, int offset, int length, RowCursor into) {
        return find(root, key, offset, offset + length, into);
    }

    static boolean find(Object root, byte[] key, int from, int to, RowCursor into) {
        Object page = root;
        while (page instanceof Inner inner) {
            page = inner.child(inner.childOf(key, from, to));
        }
        byte[] leaf = (byte[]) page;
        int entry = Page.search(leaf, key, from, to);
        if (entry < 0) {
            return false;
        }
        Page.point(leaf, entry, into);
        return true;
    }

    @Override
    public TreeCursor cursor(KeyRange range, boolean descending) {
        return new TreeCursor(root, this, range, descending);
    }

    /**
     * Inserts a row or replaces its value.
     *
     * @return whether there was a row with the key
     */
    public boolean put(byte[] key, byte[] value) {
        boolean replaced = place(key, 0, key.length, value.length, place);
        System.arraycopy(value, 0, place.bytes(), place.offset(), value.length);
        return replaced;
    }

    /**
     * Inserts a row or makes room for another value of it.
     *
     * @param into points to the room; to be filled at once, and forgotten
     * @return whether there was a row with the key
     */
    boolean place(byte[] key, int from, int to, int valueLength, RowCursor into) {
        checkSizes(to - from, valueLength);
        byte[] leaf = descend(key, from, to);
        int entry = Page.search(leaf, key, from, to);
        leaf = beginWrite(leaf);
        if (entry >= 0) {
            replace(leaf, entry, key, from, to, valueLength, into);
            return true;
        }
        rows++;
        insert(leaf, -1 - entry, key, from, to, valueLength, into);
        return false;
    }

    static void checkSizes(int keyLength, int valueLength) {
        checkSize("key", keyLength, KEY_BYTES_MAX);
        checkSize("row", valueLength, VALUE_BYTES_MAX);
    }

    private static void checkSize(String what, int length, int max) {
        if (length > max) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "a %s of %d bytes exceeds the limit of %d bytes"
                                    .formatted(what, length, max))
                    .hint("Split the data over several rows.");
        }
    }

    private byte[] descend(byte[] key, int from, int to) {
        depth = 0;
        Object page = root;
        while (page instanceof Inner inner) {
            int slot = inner.childOf(key, from, to);
            path[depth] = inner;
            slots[depth++] = slot;
            page = inner.child(slot);
        }
        return (byte[]) page;
    }

    /** Copies what a snapshot may be reading of the way to the leaf. */
    private byte[] beginWrite(byte[] leaf) {
        modifications++;
        unchangedSince = null;
        // A page of this epoch lies below pages of this epoch only.
        if (Page.epoch(leaf) == epoch) {
            return leaf;
        }
        for (int level = 0; level < depth; level++) {
            if (path[level].epoch() != epoch) {
                path[level] = path[level].copy(epoch);
                hang(level, path[level]);
            }
        }
        byte[] copy = Page.copy(leaf, epoch);
        hang(depth, copy);
        return copy;
    }

    /** Puts a page where the way passes at a level. */
    private void hang(int level, Object page) {
        if (level == 0) {
            root = page;
        } else {
            path[level - 1].setChild(slots[level - 1], page);
        }
    }

    private void replace(
            byte[] leaf, int entry, byte[] key, int from, int to, int length, RowCursor into) {
        int growth = length - Page.valueLength(leaf, entry);
        if (growth == 0) {
            Page.point(leaf, entry, into);
        } else if (Page.count(leaf) == 1 || Page.liveBytes(leaf) + growth <= PAGE_BYTES) {
            byte[] changed = Page.resize(leaf, entry, key, from, to, length);
            Page.point(changed, entry, into);
            replaceLeaf(leaf, changed);
        } else {
            byte[] changed = Page.remove(leaf, entry);
            replaceLeaf(leaf, changed);
            insert(changed, entry, key, from, to, length, into);
        }
    }

    private void insert(
            byte[] leaf, int entry, byte[] key, int from, int to, int length, RowCursor into) {
        int count = Page.count(leaf);
        int size = Page.entryBytes(to - from, length);
        if (count == 0 || Page.liveBytes(leaf) + size <= PAGE_BYTES) {
            byte[] changed = Page.insert(leaf, entry, key, from, to, length);
            Page.point(changed, entry, into);
            replaceLeaf(leaf, changed);
        } else if (size > LARGE_BYTES || count == 1 || atEdge(entry, count)) {
            byte[] alone = Page.insert(Page.empty(epoch), 0, key, from, to, length);
            Page.point(alone, 0, into);
            insertLeaf(leaf, entry, alone);
        } else {
            int middle = Page.middle(leaf);
            byte[] left = Page.slice(leaf, epoch, 0, middle);
            byte[] right = Page.slice(leaf, epoch, middle, count);
            if (entry < middle
                    || (entry == middle && Page.liveBytes(left) <= Page.liveBytes(right))) {
                left = Page.insert(left, entry, key, from, to, length);
                Page.point(left, entry, into);
            } else {
                right = Page.insert(right, entry - middle, key, from, to, length);
                Page.point(right, entry - middle, into);
            }
            replaceLeaf(leaf, left, right);
        }
    }

    private void insertLeaf(byte[] leaf, int entry, byte[] alone) {
        int count = Page.count(leaf);
        if (entry == 0) {
            replaceLeaf(leaf, alone, leaf);
        } else if (entry == count) {
            replaceLeaf(leaf, leaf, alone);
        } else {
            byte[] left = Page.slice(leaf, epoch, 0, entry);
            byte[] right = Page.slice(leaf, epoch, entry, count);
            replaceLeaf(leaf, left, alone, right);
        }
    }

    /** Whether the rows are written in ascending order, or in descending. */
    private boolean atEdge(int entry, int count) {
        return (entry == count && atRightEdge()) || (entry == 0 && atLeftEdge());
    }

    private boolean atRightEdge() {
        for (int level = 0; level < depth; level++) {
            if (slots[level] != path[level].childCount() - 1) {
                return false;
            }
        }
        return true;
    }

    private boolean atLeftEdge() {
        for (int level = 0; level < depth; level++) {
            if (slots[level] != 0) {
                return false;
            }
        }
        return true;
    }

    private void replaceLeaf(byte[] old, byte[] changed) {
        if (changed != old) {
            allocatedBytes += Page.allocatedBytes(changed) - Page.allocatedBytes(old);
            hang(depth, changed);
        }
    }

    /** Puts several leaves where the way ends in one. */
    private void replaceLeaf(byte[] old, byte[]... leaves) {
        allocatedBytes -= Page.allocatedBytes(old);
        for (byte[] leaf : leaves) {
            allocatedBytes += Page.allocatedBytes(leaf);
        }
        hang(depth, leaves[0]);
        if (depth == 0) {
            growRoot();
        }
        Inner parent = path[depth - 1];
        allocatedBytes -= parent.allocatedBytes();
        int slot = slots[depth - 1];
        for (int i = 1; i < leaves.length; i++) {
            parent.insertChild(slot + i, Page.separator(leaves[i - 1], leaves[i]), leaves[i]);
        }
        allocatedBytes += parent.allocatedBytes();
        splitInner(depth - 1);
    }

    /** Puts an inner page with one child above the root. */
    private void growRoot() {
        Invariant.check(depth < DEPTH_MAX, "a tree is not deeper than any that fits a heap");
        System.arraycopy(path, 0, path, 1, depth);
        System.arraycopy(slots, 0, slots, 1, depth);
        Inner above = new Inner(epoch, root);
        allocatedBytes += above.allocatedBytes();
        path[0] = above;
        slots[0] = 0;
        depth++;
        root = above;
    }

    private void splitInner(int lowestLevel) {
        int level = lowestLevel;
        while (level >= 0 && path[level].childCount() > CHILDREN_MAX) {
            if (level == 0) {
                growRoot();
                level++;
            }
            Inner page = path[level];
            Inner parent = path[level - 1];
            int middle = page.childCount() >>> 1;
            byte[] separator = page.separator(middle);
            Inner left = page.slice(epoch, 0, middle);
            Inner right = page.slice(epoch, middle, page.childCount());
            allocatedBytes -= page.allocatedBytes() + parent.allocatedBytes();
            int slot = slots[level - 1];
            parent.setChild(slot, left);
            parent.insertChild(slot + 1, separator, right);
            allocatedBytes +=
                    left.allocatedBytes() + right.allocatedBytes() + parent.allocatedBytes();
            level--;
        }
    }

    /**
     * Takes a row out.
     *
     * @return whether there was a row with the key
     */
    public boolean delete(byte[] key) {
        return delete(key, 0, key.length);
    }

    boolean delete(byte[] key, int from, int to) {
        byte[] leaf = descend(key, from, to);
        int entry = Page.search(leaf, key, from, to);
        if (entry < 0) {
            return false;
        }
        leaf = beginWrite(leaf);
        rows--;
        byte[] changed = Page.remove(leaf, entry);
        replaceLeaf(leaf, changed);
        if (depth > 0) {
            if (Page.count(changed) == 0) {
                allocatedBytes -= Page.allocatedBytes(changed);
                dropChild(depth - 1);
            } else if (Page.liveBytes(changed) < PAGE_BYTES_MIN) {
                joinLeaf();
            }
        }
        return true;
    }

    private void joinLeaf() {
        int slot = slots[depth - 1];
        if (!(slot > 0 && joinLeaves(slot - 1))) {
            joinLeaves(slot);
        }
    }

    /** Joins a leaf with the one on its right if they fit. */
    private boolean joinLeaves(int slot) {
        Inner parent = path[depth - 1];
        if (slot == parent.childCount() - 1) {
            return false;
        }
        byte[] left = (byte[]) parent.child(slot);
        byte[] right = (byte[]) parent.child(slot + 1);
        if (Page.liveBytes(left) + Page.liveBytes(right) > PAGE_BYTES - PAGE_BYTES_MIN) {
            return false;
        }
        byte[] joined = Page.join(left, right, epoch);
        allocatedBytes +=
                Page.allocatedBytes(joined)
                        - Page.allocatedBytes(left)
                        - Page.allocatedBytes(right);
        parent.setChild(slot, joined);
        slots[depth - 1] = slot + 1;
        dropChild(depth - 1);
        return true;
    }

    /** Takes the child out where the way passes; its bytes are no longer counted. */
    private void dropChild(int level) {
        Inner page = path[level];
        allocatedBytes -= page.allocatedBytes();
        if (page.childCount() == 1) {
            if (level == 0) {
                root = Page.empty(epoch);
                allocatedBytes += allocatedBytes(root);
            } else {
                dropChild(level - 1);
            }
            return;
        }
        page.removeChild(slots[level]);
        allocatedBytes += page.allocatedBytes();
        if (level == 0) {
            shrinkRoot();
        } else if (page.childCount() < CHILDREN_MIN) {
            joinInner(level);
        }
    }

    private void shrinkRoot() {
        while (root instanceof Inner inner && inner.childCount() == 1) {
            allocatedBytes -= inner.allocatedBytes();
            root = inner.child(0);
        }
    }

    private void joinInner(int level) {
        int slot = slots[level - 1];
        if (!(slot > 0 && joinInners(level - 1, slot - 1))) {
            joinInners(level - 1, slot);
        }
    }

    private boolean joinInners(int level, int slot) {
        Inner parent = path[level];
        if (slot == parent.childCount() - 1) {
            return false;
        }
        Inner left = (Inner) parent.child(slot);
        Inner right = (Inner) parent.child(slot + 1);
        if (left.childCount() + right.childCount() > CHILDREN_MAX - CHILDREN_MIN) {
            return false;
        }
        Inner joined = Inner.join(left, parent.separator(slot + 1), right, epoch);
        allocatedBytes += joined.allocatedBytes() - left.allocatedBytes() - right.allocatedBytes();
        parent.setChild(slot, joined);
        slots[level] = slot + 1;
        dropChild(level);
        return true;
    }

    private static long allocatedBytes(Object page) {
        return page instanceof Inner inner
                ? inner.allocatedBytes()
                : Page.allocatedBytes((byte[]) page);
    }

    /** Walks the whole tree and checks everything that must hold. Costly: for tests and tools. */
    void audit() {
        long[] totals = new long[2];
        audit(root, null, null, totals);
        Invariant.check(totals[0] == rows, "%d rows, counted %d", totals[0], rows);
        Invariant.check(
                totals[1] == allocatedBytes, "%d bytes, counted %d", totals[1], allocatedBytes);
    }

    private int audit(Object page, byte @Nullable [] low, byte @Nullable [] high, long[] totals) {
        totals[1] += allocatedBytes(page);
        if (page instanceof Inner inner) {
            inner.audit(low, high);
            int height = -1;
            for (int i = 0; i < inner.childCount(); i++) {
                Object child = inner.child(i);
                byte[] childLow = i == 0 ? low : inner.separator(i);
                byte[] childHigh = i == inner.childCount() - 1 ? high : inner.separator(i + 1);
                int childHeight = audit(child, childLow, childHigh, totals);
                Invariant.check(height < 0 || height == childHeight, "leaves are equally deep");
                Invariant.check(epoch(child) <= inner.epoch(), "copies lie below copies");
                height = childHeight;
            }
            return height + 1;
        }
        byte[] leaf = (byte[]) page;
        Page.audit(leaf, low, high);
        totals[0] += Page.count(leaf);
        Invariant.check(Page.count(leaf) > 0 || leaf == root, "no leaf is empty");
        return 0;
    }

    private static long epoch(Object page) {
        return page instanceof Inner inner ? inner.epoch() : Page.epoch((byte[]) page);
    }
}
