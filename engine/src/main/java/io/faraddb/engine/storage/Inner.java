package io.faraddb.engine.storage;

import io.faraddb.engine.error.Invariant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A page of pages: a child is either such a page again or a leaf, which is a bare array of bytes.
 *
 * <p>Separator i is the least key that may be in child i + 1; so there is one less than children.
 * What a look-up touches, prefixes and children, is kept dense, since these pages live in the
 * processor's caches and leaves do not. Most take the same steps whatever the count of children,
 * for the reason that {@link Page} gives.
 */
final class Inner {

    /** Prefixes in a line of cache. */
    private static final int LINE = 8;

    // Room for separators comes in three sizes, the last for all that two more children in a full
    // page need before it is split.
    private static final int ROOM_SMALL = LINE;
    private static final int ROOM_MEDIUM = 4 * LINE;
    private static final int ROOM_LARGE = Tree.CHILDREN_MAX + 1;

    private static final byte[] NOTHING = {};

    private final long epoch;
    private int childCount;
    // How many bytes the separators have in common, at least.
    private int skip;
    // The beginning of the separators, as KeyOrder.prefix gives it.
    private long beginning;
    // Places behind the last separator hold the greatest prefix.
    private long[] prefixes;
    private byte[][] separators;
    // Places behind the last child are null and never read.
    private @Nullable Object[] children;

    /** A page with one child. */
    Inner(long epoch, Object child) {
        this(epoch, ROOM_SMALL);
        childCount = 1;
        children[0] = child;
    }

    private Inner(long epoch, int separatorCount) {
        this.epoch = epoch;
        int room = room(separatorCount);
        prefixes = new long[room];
        separators = new byte[room][];
        children = new @Nullable Object[room + 1];
        Arrays.fill(prefixes, Long.MAX_VALUE);
        Arrays.fill(separators, NOTHING);
    }

    private Inner(long epoch, Inner original) {
        this.epoch = epoch;
        childCount = original.childCount;
        skip = original.skip;
        beginning = original.beginning;
        prefixes = original.prefixes.clone();
        separators = original.separators.clone();
        children = original.children.clone();
    }

    private static int room(int separatorCount) {
        if (separatorCount <= ROOM_SMALL) {
            return ROOM_SMALL;
        }
        return separatorCount <= ROOM_MEDIUM ? ROOM_MEDIUM : ROOM_LARGE;
    }

    long epoch() {
        return epoch;
    }

    int childCount() {
        return childCount;
    }

    Object child(int index) {
        return Invariant.notNull(children[index], "a page has as many children as it counts");
    }

    void setChild(int index, Object child) {
        children[index] = child;
    }

    /** The least key that may be in a child other than the first. */
    byte[] separator(int child) {
        return separators[child - 1];
    }

    /** The index of the child where the key is, if it is anywhere. */
    int childOf(byte[] key, int from, int to) {
        int count = childCount - 1;
        long prefix = KeyOrder.prefix(key, from + skip, to);
        int found = firstWithPrefix(prefix);
        if (found < count && prefixes[found] == prefix) {
            found = firstGreater(found, prefix, key, from, to);
        }
        // The search believed that the key shares what all separators share.
        if (!sharesBeginning(key, from, to)) {
            byte[] first = separators[0];
            int order = KeyOrder.compare(key, from, Math.min(to, from + skip), first, 0, skip);
            if (order != 0) {
                return order < 0 ? 0 : count;
            }
        }
        return found;
    }

    /** The first of the prefixes that is not less. */
    private int firstWithPrefix(long prefix) {
        // First the last separator of each line of cache, then one line.
        int lines = 0;
        for (int last = LINE - 1; last < prefixes.length - LINE; last += LINE) {
            lines += less(last, prefix);
        }
        int low = lines * LINE;
        int less = 0;
        for (int i = 0; i < LINE; i++) {
            less += less(low + i, prefix);
        }
        return low + less;
    }

    private int less(int separator, long prefix) {
        return (int) ((prefixes[separator] - prefix) >>> 63);
    }

    /**
     * The first separator, among those with a prefix and behind them, that is greater than a key.
     */
    private int firstGreater(int firstWithPrefix, long prefix, byte[] key, int from, int to) {
        int low = firstWithPrefix;
        int high = childCount - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (prefixes[middle] == prefix && compareSeparator(middle, key, from, to) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether a key begins as all separators do, as far as that is seen without reading one. */
    private boolean sharesBeginning(byte[] key, int from, int to) {
        if (skip >= Long.BYTES || to - from < skip) {
            return false;
        }
        long differences = KeyOrder.prefix(key, from, to) ^ beginning;
        return differences >>> (Long.SIZE - 1 - 8 * skip) == 0;
    }

    private int compareSeparator(int index, byte[] key, int from, int to) {
        byte[] separator = separators[index];
        return KeyOrder.compare(separator, 0, separator.length, key, from, to);
    }

    Inner copy(long newEpoch) {
        return new Inner(newEpoch, this);
    }

    /** The children from..to-1 in a page of their own. */
    Inner slice(long newEpoch, int from, int to) {
        Inner slice = new Inner(newEpoch, to - from - 1);
        slice.childCount = to - from;
        slice.skip = skip;
        System.arraycopy(children, from, slice.children, 0, to - from);
        System.arraycopy(separators, from, slice.separators, 0, to - from - 1);
        System.arraycopy(prefixes, from, slice.prefixes, 0, to - from - 1);
        slice.shareAsMuchAsPossible();
        return slice;
    }

    /** The children of two pages in one; the separator is the least key of the right one. */
    static Inner join(Inner left, byte[] separator, Inner right, long epoch) {
        int leftCount = left.childCount;
        int rightCount = right.childCount;
        Inner joined = new Inner(epoch, leftCount + rightCount - 1);
        joined.childCount = leftCount + rightCount;
        System.arraycopy(left.children, 0, joined.children, 0, leftCount);
        System.arraycopy(right.children, 0, joined.children, leftCount, rightCount);
        System.arraycopy(left.separators, 0, joined.separators, 0, leftCount - 1);
        joined.separators[leftCount - 1] = separator;
        System.arraycopy(right.separators, 0, joined.separators, leftCount, rightCount - 1);
        joined.skip = -1;
        joined.shareAsMuchAsPossible();
        return joined;
    }

    /**
     * Puts a child behind another.
     *
     * @param index of the new child, at least 1
     */
    void insertChild(int index, byte[] separator, Object child) {
        if (childCount == children.length) {
            grow();
        }
        if (childCount == 1) {
            setSkip(separator, separator.length);
        } else if (skip > 0) {
            int mismatch = Arrays.mismatch(separator, separators[0]);
            if (mismatch >= 0 && mismatch < skip) {
                setSkip(separator, mismatch);
            }
        }
        int behind = childCount - index;
        System.arraycopy(children, index, children, index + 1, behind);
        System.arraycopy(separators, index - 1, separators, index, behind);
        System.arraycopy(prefixes, index - 1, prefixes, index, behind);
        children[index] = child;
        separators[index - 1] = separator;
        prefixes[index - 1] = KeyOrder.prefix(separator, skip, separator.length);
        childCount++;
    }

    private void grow() {
        int room = room(childCount);
        int oldRoom = prefixes.length;
        children = Arrays.copyOf(children, room + 1);
        prefixes = Arrays.copyOf(prefixes, room);
        separators = Arrays.copyOf(separators, room);
        Arrays.fill(prefixes, oldRoom, room, Long.MAX_VALUE);
        Arrays.fill(separators, oldRoom, room, NOTHING);
    }

    /** Takes out a child; not the only one. */
    void removeChild(int index) {
        int separator = Math.max(0, index - 1);
        childCount--;
        System.arraycopy(children, index + 1, children, index, childCount - index);
        children[childCount] = null;
        int behind = childCount - 1 - separator;
        System.arraycopy(separators, separator + 1, separators, separator, behind);
        separators[childCount - 1] = NOTHING;
        System.arraycopy(prefixes, separator + 1, prefixes, separator, behind);
        prefixes[childCount - 1] = Long.MAX_VALUE;
        if (childCount == 1) {
            skip = 0;
        }
    }

    private void shareAsMuchAsPossible() {
        if (childCount == 1) {
            skip = 0;
            return;
        }
        byte[] first = separators[0];
        int mismatch = Arrays.mismatch(first, separators[childCount - 2]);
        setSkip(first, mismatch < 0 ? first.length : mismatch);
    }

    /** Lets all separators share the beginning of one. */
    private void setSkip(byte[] separator, int newSkip) {
        beginning = KeyOrder.prefix(separator, 0, separator.length);
        if (newSkip == skip) {
            return;
        }
        skip = newSkip;
        for (int i = 0; i < childCount - 1; i++) {
            prefixes[i] = KeyOrder.prefix(separators[i], skip, separators[i].length);
        }
    }

    /** Bytes of the Java heap without the children; a separator is taken to be short. */
    int allocatedBytes() {
        return 64 + 3 * (16 + children.length * Long.BYTES) + (childCount - 1) * 32;
    }

    /** Checks what must hold in a page; see {@link Page#audit}. */
    void audit(byte @Nullable [] low, byte @Nullable [] high) {
        for (int i = childCount - 1; i < prefixes.length; i++) {
            Invariant.check(prefixes[i] == Long.MAX_VALUE, "nothing is behind the last separator");
        }
        for (int i = 0; i < childCount - 1; i++) {
            byte[] key = separators[i];
            Invariant.check(
                    skip >= Long.BYTES || sharesBeginning(key, 0, key.length),
                    "the beginning is that of all separators");
            Invariant.check(
                    prefixes[i] == KeyOrder.prefix(key, skip, key.length), "prefixes are right");
            Invariant.check(
                    Arrays.mismatch(key, 0, skip, separators[0], 0, skip) < 0,
                    "all separators share their beginning");
            Invariant.check(
                    i == 0 || KeyOrder.compare(separators[i - 1], key) < 0,
                    "separators are in order");
            Invariant.check(low == null || KeyOrder.compare(low, key) < 0, "none is too low");
            Invariant.check(high == null || KeyOrder.compare(key, high) < 0, "none is too high");
        }
    }
}
