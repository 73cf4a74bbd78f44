package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * What can be said of a table's rows that pass a filter, without statistics of its values: one if a
 * unique key is given whole, else a share for each condition.
 */
final class TableEstimate {

    private static final double SHARE_EQUAL = 0.05;
    private static final double SHARE_RANGE = 0.3;
    private static final double SHARE_OTHER = 0.5;

    private final Relation.Scan scan;

    TableEstimate(Relation.Scan scan) {
        this.scan = scan;
    }

    /** Places among the scan's columns of each key that is never null. */
    List<ImmutableBitSet> keys() {
        TableDef table = scan.table();
        int[] visible = table.visibleColumns();
        List<ImmutableBitSet> keys = new ArrayList<>();
        if (!table.hasRowId()) {
            add(table.primaryKey(), visible, keys);
        }
        for (IndexDef index : table.indexes()) {
            List<Integer> columns =
                    index.columns().stream().map(IndexDef.IndexColumn::column).toList();
            boolean whole =
                    columns.stream().allMatch(column -> table.columns().get(column).notNull());
            if (index.unique() && whole) {
                add(columns, visible, keys);
            }
        }
        return keys;
    }

    private static void add(List<Integer> columns, int[] visible, List<ImmutableBitSet> keys) {
        ImmutableBitSet.Builder places = ImmutableBitSet.builder();
        for (int place = 0; place < visible.length; place++) {
            if (columns.contains(visible[place])) {
                places.set(place);
            }
        }
        keys.add(places.build());
    }

    /**
     * Rows that pass.
     *
     * @param rows that the table has
     * @param conditions over the scan's columns
     */
    double rows(double rows, List<Scalar> conditions) {
        BitSet equal = new BitSet();
        double estimate = rows;
        for (Scalar condition : conditions) {
            int column = columnEqualToConstant(condition);
            if (column >= 0) {
                equal.set(column);
            }
            estimate *= share(condition);
        }
        boolean one = keys().stream().anyMatch(key -> covers(equal, key));
        return one ? 1 : Math.max(1, estimate);
    }

    private static boolean covers(BitSet equal, ImmutableBitSet key) {
        return key.asList().stream().allMatch(equal::get);
    }

    private static int columnEqualToConstant(Scalar condition) {
        Scalar.Call call = Expressions.comparison(condition);
        if (call == null || !call.function().name().equals("=")) {
            return -1;
        }
        Scalar left = Expressions.withoutIdleCasts(call.arguments().get(0));
        Scalar right = Expressions.withoutIdleCasts(call.arguments().get(1));
        if (left instanceof Scalar.Column column && Expressions.columns(right).isEmpty()) {
            return column.index();
        }
        return right instanceof Scalar.Column column && Expressions.columns(left).isEmpty()
                ? column.index()
                : -1;
    }

    private static double share(Scalar condition) {
        Scalar.Call call = Expressions.comparison(condition);
        if (call == null) {
            return SHARE_OTHER;
        }
        return switch (call.function().name()) {
            case "=" -> SHARE_EQUAL;
            case "<>" -> 1;
            default -> SHARE_RANGE;
        };
    }
}
