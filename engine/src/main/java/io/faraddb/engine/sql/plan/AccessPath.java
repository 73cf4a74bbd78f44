package io.faraddb.engine.sql.plan;

import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.exec.operator.KeyPattern.KeyColumn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a table's rows are reached: by the primary key or an index, which columns are equal to what,
 * and a range of the next.
 *
 * @param index null for the primary key
 * @param wholeKey whether all columns of the primary key are equal to something
 */
record AccessPath(
        @Nullable IndexDef index,
        List<KeyColumn> keyColumns,
        List<Scalar> equal,
        @Nullable Limit low,
        @Nullable Limit high,
        boolean wholeKey) {

    private static final int SCORE_RANGE = 1;
    private static final int SCORE_EQUAL = 4;
    private static final int SCORE_WHOLE_KEY = 1000;
    private static final int SCORE_UNIQUE = 500;

    record Limit(Scalar value, boolean inclusive) {}

    /** A condition of the form column operator expression, the expression not reading the row. */
    record Condition(int column, String operator, Scalar value) {}

    /**
     * The best path for some conditions.
     *
     * @param conditions over the table's columns, all of them in its order
     */
    static AccessPath choose(TableDef table, List<Condition> conditions) {
        AccessPath best = primary(table, conditions);
        for (IndexDef index : table.indexes()) {
            AccessPath path = of(table, index, conditions);
            if (path.score(table) > best.score(table)) {
                best = path;
            }
        }
        return best;
    }

    private static AccessPath primary(TableDef table, List<Condition> conditions) {
        List<KeyColumn> columns = new ArrayList<>();
        for (int column : table.primaryKey()) {
            columns.add(new KeyColumn(table.columns().get(column).type().kind(), false, false));
        }
        return build(null, columns, table.primaryKey(), conditions);
    }

    private static AccessPath of(TableDef table, IndexDef index, List<Condition> conditions) {
        List<KeyColumn> columns = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (IndexDef.IndexColumn part : index.columns()) {
            ColumnDef column = table.columns().get(part.column());
            columns.add(new KeyColumn(column.type().kind(), true, part.descending()));
            places.add(part.column());
        }
        return build(index, columns, places, conditions);
    }

    private static AccessPath build(
            @Nullable IndexDef index,
            List<KeyColumn> columns,
            List<Integer> places,
            List<Condition> conditions) {
        List<Scalar> equal = new ArrayList<>();
        while (equal.size() < places.size()) {
            Condition condition = find(conditions, places.get(equal.size()), "=");
            if (condition == null) {
                break;
            }
            equal.add(condition.value());
        }
        boolean whole = index == null && !places.isEmpty() && equal.size() == places.size();
        Limit low = null;
        Limit high = null;
        if (equal.size() < places.size()) {
            int next = places.get(equal.size());
            low = limit(conditions, next, ">", ">=");
            high = limit(conditions, next, "<", "<=");
        }
        return new AccessPath(index, columns, equal, low, high, whole);
    }

    private static @Nullable Limit limit(
            List<Condition> conditions, int column, String exclusive, String inclusive) {
        Condition condition = find(conditions, column, exclusive);
        if (condition != null) {
            return new Limit(condition.value(), false);
        }
        condition = find(conditions, column, inclusive);
        return condition == null ? null : new Limit(condition.value(), true);
    }

    private static @Nullable Condition find(
            List<Condition> conditions, int column, String operator) {
        for (Condition condition : conditions) {
            if (condition.column() == column && condition.operator().equals(operator)) {
                return condition;
            }
        }
        return null;
    }

    /** More is better; the primary key wins a tie. */
    int score(TableDef table) {
        int score = equal.size() * SCORE_EQUAL;
        score += (low == null ? 0 : SCORE_RANGE) + (high == null ? 0 : SCORE_RANGE);
        if (wholeKey) {
            score += SCORE_WHOLE_KEY;
        } else if (index != null && index.unique() && equal.size() == index.columns().size()) {
            score += SCORE_UNIQUE;
        }
        return score;
    }

    boolean selective() {
        return !equal.isEmpty();
    }
}
