package io.faraddb.engine.storage;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an optimistic transaction has read in one partition: keys with the versions found there, and
 * ranges with a digest of the keys and versions in them. Its own writes are no reads.
 */
public final class ReadSet {

    /** Keys read one by one and rows read in ranges, each. */
    public static final int READS_MAX = 20_000_000;

    private static final long ABSENT = -1;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final Map<Integer, TreeMap<byte[], Long>> points = new HashMap<>();
    private final List<RangeRead> ranges = new ArrayList<>();
    private int count;

    /** A range as far as it was read. */
    static final class RangeRead {
        private final int table;
        private final int tree;
        private final KeyRange wanted;
        private final boolean descending;
        private byte @Nullable [] last;
        private boolean complete;
        private long digest;
        private int rows;

        RangeRead(int table, int tree, KeyRange wanted, boolean descending) {
            this.table = table;
            this.tree = tree;
            this.wanted = wanted;
            this.descending = descending;
        }

        /** A committed row was passed. */
        void row(byte[] key, long version) {
            last = key;
            rows++;
            digest = mix(digest, key, version);
        }

        void end() {
            complete = true;
        }

        KeyRange wanted() {
            return wanted;
        }

        boolean descending() {
            return descending;
        }

        /** The range up to the last row that was seen. */
        KeyRange seen() {
            if (complete || last == null) {
                return complete ? wanted : new KeyRange(new byte[0], false, new byte[0], false);
            }
            return descending
                    ? new KeyRange(last, true, wanted.high(), wanted.highInclusive())
                    : new KeyRange(wanted.low(), wanted.lowInclusive(), last, true);
        }
    }

    static long mix(long digest, byte[] key, long version) {
        long h = (digest ^ Arrays.hashCode(key)) * MIX;
        h = (h ^ (h >>> 29) ^ version) * MIX;
        return h ^ (h >>> 32);
    }

    private void count() {
        if (++count > READS_MAX) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "a transaction reads more than " + READS_MAX + " rows of a partition")
                    .hint("Use smaller transactions, or a single statement.");
        }
    }

    public boolean isEmpty() {
        return points.isEmpty() && ranges.isEmpty();
    }

    void point(int table, byte[] key, long version) {
        if (points.computeIfAbsent(table, unused -> new TreeMap<>(KeyOrder::compare))
                        .putIfAbsent(key, version)
                == null) {
            count();
        }
    }

    void absent(int table, byte[] key) {
        point(table, key, ABSENT);
    }

    RangeRead range(int table, int tree, KeyRange wanted, boolean descending) {
        count();
        RangeRead range = new RangeRead(table, tree, wanted, descending);
        ranges.add(range);
        return range;
    }

    /** Whether a key of a table or index was read. */
    boolean covers(int tree, byte[] key) {
        TreeMap<byte[], Long> keys = points.get(tree);
        if (keys != null && keys.containsKey(key)) {
            return true;
        }
        for (RangeRead range : ranges) {
            if (range.tree == tree && range.seen().contains(key)) {
                return true;
            }
        }
        return false;
    }

    boolean touches(int table) {
        return points.containsKey(table) || ranges.stream().anyMatch(range -> range.table == table);
    }

    void checkReserved(Reservations reservations) {
        points.forEach((table, keys) ->
                keys.keySet().forEach(key -> reservations.checkRead(table, table, key)));
        ranges.forEach(range -> reservations.checkRead(range.table, range.tree, range.seen()));
    }

    /**
     * Whether reading again would give the same.
     *
     * @param now what is committed and pending now, or a later snapshot
     * @param readFrom where it was read
     */
    public boolean stillValid(PartitionView now, StoreSnapshot readFrom) {
        for (Map.Entry<Integer, TreeMap<byte[], Long>> read : points.entrySet()) {
            if (!pointsValid(read.getKey(), read.getValue(), now, readFrom)) {
                return false;
            }
        }
        for (RangeRead range : ranges) {
            if (!rangeValid(range, now, readFrom)) {
                return false;
            }
        }
        return true;
    }

    private static boolean pointsValid(
            int table, TreeMap<byte[], Long> keys, PartitionView now, StoreSnapshot readFrom) {
        boolean unwritten = now.unwrittenSince(table, readFrom);
        RowCursor cursor = new RowCursor();
        for (Map.Entry<byte[], Long> read : keys.entrySet()) {
            if (now.pendingTouches(table, table, KeyRange.point(read.getKey()))) {
                return false;
            }
            if (!unwritten
                    && now.committedVersion(table, read.getKey(), cursor, ABSENT)
                            != read.getValue()) {
                return false;
            }
        }
        return true;
    }

    private static boolean rangeValid(RangeRead range, PartitionView now, StoreSnapshot readFrom) {
        KeyRange seen = range.seen();
        if (now.pendingTouches(range.table, range.tree, seen)) {
            return false;
        }
        if (now.unwrittenSince(range.table, readFrom)) {
            return true;
        }
        RangeRead again = new RangeRead(range.table, range.tree, seen, range.descending);
        now.readCommitted(range.table, range.tree, again);
        return again.rows == range.rows && again.digest == range.digest;
    }
}
