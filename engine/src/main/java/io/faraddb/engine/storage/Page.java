package io.faraddb.engine.storage;

import io.faraddb.engine.error.Invariant;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorted entries of a key and a value in one array of bytes.
 *
 * <pre>
 *  0  i64  epoch in which the page was made
 *  8  i32  count of entries
 * 12  i32  skip: how many bytes the keys have in common, at least
 * 16  i32  bytes of the heap, holes included
 * 20  i32  bytes of holes in the heap
 * 24  directory: per entry, in the order of keys
 *        i64  prefix: the eight bytes of the key behind skip, as a number
 *        i64  place: distance from the page's end (25 bits), key length (14), value length (25)
 *     free room
 *     heap: per entry key and value, in the order of their making; grows towards the directory
 * </pre>
 *
 * A page is a bare array because of what a look-up costs: memory that no cache holds. This way a
 * leaf costs two waits, one for the directory and one for the row, where an object with arrays for
 * prefixes, places and rows cost six. For the same reason the search reads the lines of the
 * directory side by side rather than one after the other, and in most pages of a tree as many of
 * them: a loop that ends by the count of entries is a branch that is often guessed wrong, which is
 * noticed only when the count has come from memory, and what was read ahead by then is read again.
 *
 * <p>A method that changes a page returns it; it is another array if the old one was too small or
 * far too large. Room to grow is an eighth, so pages are well filled whatever their size.
 */
final class Page {

    static final int HEADER_BYTES = 24;
    static final int ENTRY_BYTES = 16;

    private static final int COUNT = 8;
    private static final int SKIP = 12;
    private static final int HEAP = 16;
    private static final int HOLES = 20;

    private static final int VALUE_BITS = 25;
    private static final int KEY_BITS = 14;
    private static final int VALUE_MASK = (1 << VALUE_BITS) - 1;
    private static final int KEY_MASK = (1 << KEY_BITS) - 1;

    /** Entries in a line of cache. */
    private static final int LINE = 4;

    // So many entries are searched side by side, or half of the greater number.
    private static final int SIDE_BY_SIDE_MIN = 32;
    private static final int SIDE_BY_SIDE_MAX = 128;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Page() {}

    static byte[] empty(long epoch) {
        return empty(epoch, HEADER_BYTES);
    }

    static byte[] empty(long epoch, int capacity) {
        byte[] page = new byte[capacity];
        LONG.set(page, 0, epoch);
        return page;
    }

    static byte[] copy(byte[] page, long epoch) {
        byte[] copy = page.clone();
        LONG.set(copy, 0, epoch);
        return copy;
    }

    static long epoch(byte[] page) {
        return (long) LONG.get(page, 0);
    }

    static int count(byte[] page) {
        return (int) INT.get(page, COUNT);
    }

    private static int skip(byte[] page) {
        return (int) INT.get(page, SKIP);
    }

    private static int heap(byte[] page) {
        return (int) INT.get(page, HEAP);
    }

    private static int holes(byte[] page) {
        return (int) INT.get(page, HOLES);
    }

    private static long prefix(byte[] page, int entry) {
        return (long) LONG.get(page, HEADER_BYTES + entry * ENTRY_BYTES);
    }

    private static long place(byte[] page, int entry) {
        return (long) LONG.get(page, HEADER_BYTES + entry * ENTRY_BYTES + Long.BYTES);
    }

    private static void place(byte[] page, int entry, int distance, int key, int value) {
        long place = (long) distance << (VALUE_BITS + KEY_BITS) | (long) key << VALUE_BITS | value;
        LONG.set(page, HEADER_BYTES + entry * ENTRY_BYTES + Long.BYTES, place);
    }

    private static int distance(long place) {
        return (int) (place >>> (VALUE_BITS + KEY_BITS));
    }

    private static int keyLength(long place) {
        return (int) (place >>> VALUE_BITS) & KEY_MASK;
    }

    private static int valueLength(long place) {
        return (int) place & VALUE_MASK;
    }

    static int keyOffset(byte[] page, int entry) {
        return page.length - distance(place(page, entry));
    }

    static int keyLength(byte[] page, int entry) {
        return keyLength(place(page, entry));
    }

    static int valueOffset(byte[] page, int entry) {
        long place = place(page, entry);
        return page.length - distance(place) + keyLength(place);
    }

    static int valueLength(byte[] page, int entry) {
        return valueLength(place(page, entry));
    }

    static byte[] key(byte[] page, int entry) {
        int offset = keyOffset(page, entry);
        return Arrays.copyOfRange(page, offset, offset + keyLength(page, entry));
    }

    static void point(byte[] page, int entry, RowCursor into) {
        long place = place(page, entry);
        into.point(page, page.length - distance(place) + keyLength(place), valueLength(place));
    }

    /** Bytes that an entry adds to a page. */
    static int entryBytes(int keyLength, int valueLength) {
        return ENTRY_BYTES + keyLength + valueLength;
    }

    /** Bytes of the page that are not free. */
    static int liveBytes(byte[] page) {
        return HEADER_BYTES + count(page) * ENTRY_BYTES + heap(page) - holes(page);
    }

    /** Bytes of the Java heap. */
    static int allocatedBytes(byte[] page) {
        return 16 + page.length + 7 & ~7;
    }

    /** An eighth more than needed, but none where the next row splits the page anyway. */
    private static int roomy(int needed) {
        int roomy = needed + (needed >>> 3) + 7 & ~7;
        return Math.max(needed, Math.min(roomy, Tree.PAGE_BYTES));
    }

    /**
     * @return negative if the entry's key is less than the key
     */
    static int compareKey(byte[] page, int entry, byte[] key, int from, int to) {
        long place = place(page, entry);
        int offset = page.length - distance(place);
        return KeyOrder.compare(page, offset, offset + keyLength(place), key, from, to);
    }

    /**
     * Looks a key up.
     *
     * @return its entry; if there is none, {@code -1 - entry} of the first greater one
     */
    static int search(byte[] page, byte[] key, int from, int to) {
        int count = count(page);
        int skip = skip(page);
        long prefix = KeyOrder.prefix(key, from + skip, to);
        int entry = firstWithPrefix(page, prefix, count);
        if (entry < count && prefix(page, entry) == prefix) {
            int order = compareKey(page, entry, key, from, to);
            if (order == 0) {
                return entry;
            }
            if (order < 0) {
                entry = searchBehind(page, entry, prefix, key, from, to);
                if (entry >= 0) {
                    return entry;
                }
                entry = -1 - entry;
            }
        }
        // The search believed that the key shares what all keys here share. A key that was found
        // does; any other has to be compared.
        if (skip > 0) {
            int first = keyOffset(page, 0);
            int order =
                    KeyOrder.compare(
                            key, from, Math.min(to, from + skip), page, first, first + skip);
            if (order != 0) {
                return order < 0 ? -1 : -1 - count;
            }
        }
        return -1 - entry;
    }

    /** The first entry whose prefix is not less. Prefixes are not negative: see KeyOrder. */
    private static int firstWithPrefix(byte[] page, long prefix, int count) {
        int low = 0;
        int range = count;
        while (range > SIDE_BY_SIDE_MAX) {
            int half = range >>> 1;
            low += half & (int) ((prefix(page, low + half - 1) - prefix) >> 63);
            range -= half;
        }
        int high = low + range;
        int width = sideBySide(range);
        if (page.length < HEADER_BYTES + (low + width) * ENTRY_BYTES) {
            return low + countLess(page, low, high, high, prefix);
        }
        // First the last entry of each line of cache, then one line.
        int lines = 0;
        for (int last = LINE - 1; last < width - 1; last += LINE) {
            lines += less(page, low + last, high, prefix);
        }
        low += lines * LINE;
        return low + countLess(page, low, low + LINE, high, prefix);
    }

    private static int sideBySide(int range) {
        if (range <= SIDE_BY_SIDE_MIN) {
            return SIDE_BY_SIDE_MIN;
        }
        return range <= SIDE_BY_SIDE_MAX / 2 ? SIDE_BY_SIDE_MAX / 2 : SIDE_BY_SIDE_MAX;
    }

    private static int countLess(byte[] page, int from, int to, int high, long prefix) {
        int less = 0;
        for (int i = from; i < to; i++) {
            less += less(page, i, high, prefix);
        }
        return less;
    }

    /** 1 if an entry is less and below high, which may be anything else's bytes; otherwise 0. */
    private static int less(byte[] page, int entry, int high, long prefix) {
        return (int) ((prefix(page, entry) - prefix & entry - high) >>> 63);
    }

    private static int searchBehind(
            byte[] page, int entry, long prefix, byte[] key, int from, int to) {
        int low = entry + 1;
        int high = count(page) - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = prefix(page, middle) > prefix ? 1 : compareKey(page, middle, key, from, to);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /** Makes an entry with an undefined value. */
    static byte[] insert(byte[] page, int entry, byte[] key, int from, int to, int valueLength) {
        int keyLength = to - from;
        byte[] target = withRoom(page, ENTRY_BYTES + keyLength + valueLength);
        share(target, key, from, to);
        int count = count(target);
        int at = HEADER_BYTES + entry * ENTRY_BYTES;
        System.arraycopy(target, at, target, at + ENTRY_BYTES, (count - entry) * ENTRY_BYTES);
        LONG.set(target, at, KeyOrder.prefix(key, from + skip(target), to));
        INT.set(target, COUNT, count + 1);
        putOnHeap(target, entry, key, from, to, valueLength);
        return target;
    }

    private static void putOnHeap(
            byte[] page, int entry, byte[] key, int from, int to, int valueLength) {
        int keyLength = to - from;
        int heap = heap(page) + keyLength + valueLength;
        INT.set(page, HEAP, heap);
        place(page, entry, heap, keyLength, valueLength);
        System.arraycopy(key, from, page, page.length - heap, keyLength);
    }

    /** Changes the length of an entry's value, which is undefined afterwards. */
    static byte[] resize(byte[] page, int entry, byte[] key, int from, int to, int valueLength) {
        long place = place(page, entry);
        int oldLength = valueLength(place);
        if (valueLength <= oldLength) {
            place(page, entry, distance(place), to - from, valueLength);
            INT.set(page, HOLES, holes(page) + oldLength - valueLength);
            return withoutWaste(page);
        }
        forget(page, entry);
        byte[] target = withRoom(page, to - from + valueLength);
        putOnHeap(target, entry, key, from, to, valueLength);
        return target;
    }

    /** Leaves an entry with neither key nor value. */
    private static void forget(byte[] page, int entry) {
        long place = place(page, entry);
        int size = keyLength(place) + valueLength(place);
        if (distance(place) == heap(page)) {
            INT.set(page, HEAP, heap(page) - size);
        } else {
            INT.set(page, HOLES, holes(page) + size);
        }
        place(page, entry, 0, 0, 0);
    }

    static byte[] remove(byte[] page, int entry) {
        forget(page, entry);
        int count = count(page) - 1;
        int at = HEADER_BYTES + entry * ENTRY_BYTES;
        System.arraycopy(page, at + ENTRY_BYTES, page, at, (count - entry) * ENTRY_BYTES);
        INT.set(page, COUNT, count);
        if (count == 0) {
            clear(page);
        }
        return withoutWaste(page);
    }

    /** Takes all entries out. */
    static void clear(byte[] page) {
        INT.set(page, COUNT, 0);
        INT.set(page, SKIP, 0);
        INT.set(page, HEAP, 0);
        INT.set(page, HOLES, 0);
    }

    private static byte[] withRoom(byte[] page, int more) {
        int free = page.length - heap(page) - HEADER_BYTES - count(page) * ENTRY_BYTES;
        return more <= free ? page : repack(page, roomy(Math.addExact(liveBytes(page), more)));
    }

    private static byte[] withoutWaste(byte[] page) {
        int live = liveBytes(page);
        return live < page.length - (page.length >>> 2) ? repack(page, roomy(live)) : page;
    }

    private static byte[] repack(byte[] page, int capacity) {
        byte[] target = empty(epoch(page), capacity);
        if (holes(page) > 0) {
            INT.set(target, SKIP, skip(page));
            appendEntries(target, page, 0, count(page));
        } else {
            int heap = heap(page);
            System.arraycopy(page, 0, target, 0, HEADER_BYTES + count(page) * ENTRY_BYTES);
            System.arraycopy(page, page.length - heap, target, capacity - heap, heap);
        }
        return target;
    }

    /** Entries from..to-1 as a page of their own. */
    static byte[] slice(byte[] page, long epoch, int from, int to) {
        int bytes = HEADER_BYTES + (to - from) * ENTRY_BYTES;
        for (int i = from; i < to; i++) {
            long place = place(page, i);
            bytes += keyLength(place) + valueLength(place);
        }
        byte[] slice = empty(epoch, roomy(bytes));
        INT.set(slice, SKIP, skip(page));
        appendEntries(slice, page, from, to);
        shareAsMuchAsPossible(slice);
        return slice;
    }

    /** The entries of two pages in one; all keys of the right one are greater. */
    static byte[] join(byte[] left, byte[] right, long epoch) {
        int bytes = liveBytes(left) + liveBytes(right) - HEADER_BYTES;
        byte[] joined = empty(epoch, roomy(bytes));
        appendEntries(joined, left, 0, count(left));
        appendEntries(joined, right, 0, count(right));
        INT.set(joined, SKIP, -1);
        shareAsMuchAsPossible(joined);
        return joined;
    }

    /** Copies entries, prefixes as they are, to a page with room for them. */
    private static void appendEntries(byte[] target, byte[] source, int from, int to) {
        int count = count(target);
        int heap = heap(target);
        for (int i = from; i < to; i++) {
            long place = place(source, i);
            int key = keyLength(place);
            int value = valueLength(place);
            heap += key + value;
            System.arraycopy(
                    source,
                    source.length - distance(place),
                    target,
                    target.length - heap,
                    key + value);
            LONG.set(target, HEADER_BYTES + count * ENTRY_BYTES, prefix(source, i));
            place(target, count, heap, key, value);
            count++;
        }
        INT.set(target, COUNT, count);
        INT.set(target, HEAP, heap);
    }

    /** Lets the page share no more than the key has too. */
    private static void share(byte[] page, byte[] key, int from, int to) {
        int skip = skip(page);
        if (count(page) == 0) {
            INT.set(page, SKIP, to - from);
        } else if (skip > 0) {
            int first = keyOffset(page, 0);
            int end = Math.min(to, from + skip);
            int mismatch = Arrays.mismatch(key, from, end, page, first, first + skip);
            if (mismatch >= 0) {
                setSkip(page, mismatch);
            }
        }
    }

    private static void shareAsMuchAsPossible(byte[] page) {
        int count = count(page);
        if (count == 0) {
            INT.set(page, SKIP, 0);
            return;
        }
        int first = keyOffset(page, 0);
        int firstEnd = first + keyLength(page, 0);
        int last = keyOffset(page, count - 1);
        int lastEnd = last + keyLength(page, count - 1);
        int mismatch = Arrays.mismatch(page, first, firstEnd, page, last, lastEnd);
        int shared = mismatch < 0 ? firstEnd - first : mismatch;
        if (shared != skip(page)) {
            setSkip(page, shared);
        }
    }

    private static void setSkip(byte[] page, int skip) {
        INT.set(page, SKIP, skip);
        int count = count(page);
        for (int i = 0; i < count; i++) {
            int offset = keyOffset(page, i);
            long prefix = KeyOrder.prefix(page, offset + skip, offset + keyLength(page, i));
            LONG.set(page, HEADER_BYTES + i * ENTRY_BYTES, prefix);
        }
    }

    /** The entry with which a page's second half begins; neither the first nor behind the last. */
    static int middle(byte[] page) {
        int count = count(page);
        int half = liveBytes(page) >>> 1;
        int bytes = HEADER_BYTES;
        for (int i = 0; i < count - 1; i++) {
            bytes += entryBytes(keyLength(page, i), valueLength(page, i));
            if (bytes >= half) {
                return i + 1;
            }
        }
        return count - 1;
    }

    /** The shortest key that is greater than all keys on the left and at most the right's first. */
    static byte[] separator(byte[] left, byte[] right) {
        int last = count(left) - 1;
        int a = keyOffset(left, last);
        int b = keyOffset(right, 0);
        int aEnd = a + keyLength(left, last);
        int length = 1 + Arrays.mismatch(left, a, aEnd, right, b, b + keyLength(right, 0));
        Invariant.check(length > 0, "keys of pages side by side differ");
        return Arrays.copyOfRange(right, b, b + length);
    }

    /**
     * Checks what must hold in a page.
     *
     * @param low the least key that may be here; null for any
     * @param high the least key that may not be here; null for none
     */
    static void audit(byte[] page, byte @Nullable [] low, byte @Nullable [] high) {
        int rows = 0;
        int skip = skip(page);
        for (int i = 0; i < count(page); i++) {
            byte[] key = key(page, i);
            rows += key.length + valueLength(page, i);
            Invariant.check(
                    prefix(page, i) == KeyOrder.prefix(key, skip, key.length),
                    "prefixes are right");
            int first = keyOffset(page, 0);
            Invariant.check(
                    Arrays.mismatch(key, 0, skip, page, first, first + skip) < 0,
                    "all keys share their beginning");
            Invariant.check(
                    i == 0 || KeyOrder.compare(key(page, i - 1), key) < 0, "keys are in order");
            Invariant.check(low == null || KeyOrder.compare(low, key) <= 0, "no key is too low");
            Invariant.check(high == null || KeyOrder.compare(key, high) < 0, "none is too high");
        }
        Invariant.check(rows == heap(page) - holes(page), "holes are counted");
        Invariant.check(
                HEADER_BYTES + count(page) * ENTRY_BYTES + heap(page) <= page.length,
                "directory and heap do not overlap");
    }
}
