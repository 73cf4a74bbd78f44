package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.ValueOrder;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders the values of sort keys. */
final class RowComparator implements Comparator<@Nullable Object[]> {

    private final List<Key> keys;

    record Key(TypeKind kind, boolean descending, boolean nullsFirst) {}

    RowComparator(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    @Override
    public int compare(@Nullable Object[] left, @Nullable Object[] right) {
        for (int i = 0; i < keys.size(); i++) {
            int order = compare(keys.get(i), left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compare(Key key, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            if (left == right) {
                return 0;
            }
            return (left == null) == key.nullsFirst() ? -1 : 1;
        }
        int order = ValueOrder.compare(key.kind(), left, right);
        return key.descending() ? -order : order;
    }
}
