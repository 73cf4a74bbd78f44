package io.faraddb.engine.storage;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.storage.Overlay.Entry;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one tree with one or two overlays above it, in order. An upper layer's entry hides
 * those of the same key below. Steps by key, so the topmost overlay may be written meanwhile.
 */
final class LayeredEntries {

    private final @Nullable TreeCursor base;
    private final @Nullable TreeMap<byte[], Entry> middle;
    private final @Nullable TreeMap<byte[], Entry> top;
    private final KeyRange range;
    private final boolean descending;
    private final ReadSet.@Nullable RangeRead read;
    private final VersionReader versions;

    private boolean baseThere;
    private byte[] baseKey = {};
    private boolean baseCurrent;
    private boolean started;
    private byte[] key = {};
    private byte @Nullable [] overlayValue;

    /** Finds the version of the committed row that a base entry stands for. */
    @FunctionalInterface
    interface VersionReader {
        long version(TreeCursor entry);
    }

    LayeredEntries(
            @Nullable TreeCursor base,
            @Nullable TreeMap<byte[], Entry> middle,
            @Nullable TreeMap<byte[], Entry> top,
            KeyRange range,
            boolean descending,
            ReadSet.@Nullable RangeRead read,
            VersionReader versions) {
        this.base = base;
        this.middle = middle;
        this.top = top;
        this.range = range;
        this.descending = descending;
        this.read = read;
        this.versions = versions;
        stepBase();
    }

    private void stepBase() {
        baseThere = base != null && base.next();
        if (base != null && baseThere) {
            baseKey = base.key();
            if (read != null) {
                read.row(baseKey, versions.version(base));
            }
        } else if (read != null) {
            read.end();
        }
    }

    private Map.@Nullable Entry<byte[], Entry> first(@Nullable TreeMap<byte[], Entry> layer) {
        if (layer == null || layer.isEmpty()) {
            return null;
        }
        byte[] bound = descending ? range.high() : range.low();
        boolean inclusive = descending ? range.highInclusive() : range.lowInclusive();
        Map.Entry<byte[], Entry> entry;
        if (bound == null) {
            entry = descending ? layer.lastEntry() : layer.firstEntry();
        } else if (inclusive) {
            entry = descending ? layer.floorEntry(bound) : layer.ceilingEntry(bound);
        } else {
            entry = descending ? layer.lowerEntry(bound) : layer.higherEntry(bound);
        }
        return inRange(entry);
    }

    private Map.@Nullable Entry<byte[], Entry> after(
            @Nullable TreeMap<byte[], Entry> layer, byte[] last) {
        if (layer == null) {
            return null;
        }
        return inRange(descending ? layer.lowerEntry(last) : layer.higherEntry(last));
    }

    private Map.@Nullable Entry<byte[], Entry> inRange(Map.@Nullable Entry<byte[], Entry> entry) {
        return entry != null && range.contains(entry.getKey()) ? entry : null;
    }

    /** Steps to the next entry that is not deleted. */
    boolean next() {
        while (true) {
            if (baseCurrent) {
                stepBase();
            }
            Map.Entry<byte[], Entry> upper = step(top);
            Map.Entry<byte[], Entry> lower = step(middle);
            byte[] nearest = nearer(nearer(baseThere ? baseKey : null, lower), upper);
            if (nearest == null) {
                return false;
            }
            started = true;
            key = nearest;
            baseCurrent = baseThere && Arrays.equals(baseKey, nearest);
            Map.Entry<byte[], Entry> over = at(nearest, upper) ? upper : lower;
            if (over == null || !at(nearest, over)) {
                overlayValue = null;
                return true;
            }
            overlayValue = over.getValue().value();
            if (overlayValue != null) {
                return true;
            }
        }
    }

    private Map.@Nullable Entry<byte[], Entry> step(@Nullable TreeMap<byte[], Entry> layer) {
        return started ? after(layer, key) : first(layer);
    }

    private static boolean at(byte[] key, Map.@Nullable Entry<byte[], Entry> entry) {
        return entry != null && Arrays.equals(entry.getKey(), key);
    }

    private byte @Nullable [] nearer(
            byte @Nullable [] best, Map.@Nullable Entry<byte[], Entry> entry) {
        if (entry == null) {
            return best;
        }
        if (best == null) {
            return entry.getKey();
        }
        int order = KeyOrder.compare(entry.getKey(), best);
        return (descending ? order > 0 : order < 0) ? entry.getKey() : best;
    }

    byte[] key() {
        return key;
    }

    /** The value if it lies in an overlay; null if it is the base cursor's. */
    byte @Nullable [] overlayValue() {
        return overlayValue;
    }

    /** Points at the base cursor's value, which is where the entry stands. */
    void pointAtBase(RowCursor into) {
        TreeCursor cursor = Invariant.notNull(base, "an entry stands somewhere");
        into.point(cursor.bytes(), cursor.valueOffset(), cursor.valueLength());
    }
}
