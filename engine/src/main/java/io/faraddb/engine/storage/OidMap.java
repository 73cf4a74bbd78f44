package io.faraddb.engine.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something for each of the tables that a partition has, found by the table's oid. Each statement
 * looks here several times, so keys are plain ints in a hash table with linear probing. Immutable.
 */
final class OidMap<V> {

    private static final int PLACES_MIN = 4;

    private final int[] oids;
    // A power of two of them, at least half of them null.
    private final @Nullable Object[] values;

    private OidMap(int[] oids, @Nullable Object[] values) {
        this.oids = oids;
        this.values = values;
    }

    static <V> OidMap<V> of(Map<Integer, V> entries) {
        int places = Integer.highestOneBit(Math.max(PLACES_MIN, entries.size() * 4 - 1));
        OidMap<V> map = new OidMap<>(new int[places], new @Nullable Object[places]);
        entries.forEach(map::put);
        return map;
    }

    private void put(int oid, V value) {
        int place = oid & (values.length - 1);
        while (values[place] != null) {
            place = (place + 1) & (values.length - 1);
        }
        oids[place] = oid;
        values[place] = value;
    }

    @SuppressWarnings("unchecked") // Only values of the type are put in.
    @Nullable V get(int oid) {
        int place = oid & (values.length - 1);
        while (values[place] != null) {
            if (oids[place] == oid) {
                return (V) values[place];
            }
            place = (place + 1) & (values.length - 1);
        }
        return null;
    }

    @SuppressWarnings("unchecked") // As above.
    List<V> values() {
        List<V> all = new ArrayList<>();
        for (Object value : values) {
            if (value != null) {
                all.add((V) value);
            }
        }
        return all;
    }

    /** Something else for each of the same tables. */
    @SuppressWarnings("unchecked") // As above.
    <W> OidMap<W> map(Function<V, W> function) {
        @Nullable Object[] mapped = new @Nullable Object[values.length];
        for (int i = 0; i < mapped.length; i++) {
            if (values[i] != null) {
                mapped[i] = function.apply((V) values[i]);
            }
        }
        return new OidMap<>(oids, mapped);
    }
}
