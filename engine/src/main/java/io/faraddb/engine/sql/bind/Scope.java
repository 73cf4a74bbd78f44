package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns that names can mean in one query, and the scope of the query around it. */
final class Scope {

    private static final int SUGGESTION_DISTANCE_MAX = 3;

    private final @Nullable Scope outer;
    private final List<Visible> columns;
    private boolean used;

    /**
     * A column by its names.
     *
     * @param qualifier the table's name or alias; null for a merged column of USING
     * @param value over the query's input row
     * @param unqualified whether its name alone means it; a column merged by USING is not
     */
    record Visible(
            @Nullable String qualifier,
            String name,
            Scalar value,
            int table,
            int column,
            boolean unqualified) {

        Relation.Field field() {
            return new Relation.Field(name, value.type(), table, column);
        }
    }

    Scope(@Nullable Scope outer, List<Visible> columns) {
        this.outer = outer;
        this.columns = List.copyOf(columns);
    }

    @Nullable Scope outer() {
        return outer;
    }

    List<Visible> columns() {
        return columns;
    }

    /** Whether a query inside has used one of the columns. */
    boolean used() {
        return used;
    }

    /** Columns that {@code *} stands for: those merged by USING come once. */
    List<Visible> star() {
        return columns.stream()
                .filter(column -> column.unqualified() || column.qualifier() == null)
                .toList();
    }

    /** Columns that {@code t.*} stands for. */
    List<Visible> star(String qualifier, int position) {
        List<Visible> found =
                columns.stream().filter(c -> qualifier.equals(c.qualifier())).toList();
        if (found.isEmpty()) {
            throw missingTable(qualifier, position);
        }
        return found;
    }

    /**
     * What a name means, here or in a query around.
     *
     * @param names one, or a table's and a column's, perhaps behind a schema's
     */
    Scalar resolve(List<String> names, int position) {
        String name = names.getLast();
        String qualifier = names.size() > 1 ? names.get(names.size() - 2) : null;
        int depth = 0;
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Visible found = scope.find(qualifier, name, position);
            if (found != null) {
                if (depth > 0) {
                    scope.used = true;
                }
                return outward(found.value(), depth);
            }
            depth++;
        }
        throw undefined(qualifier, name, position);
    }

    private @Nullable Visible find(@Nullable String qualifier, String name, int position) {
        Visible found = null;
        for (Visible column : columns) {
            boolean matches =
                    column.name().equals(name)
                            && (qualifier == null
                                    ? column.unqualified()
                                    : qualifier.equals(column.qualifier()));
            if (matches && found != null) {
                throw new SqlException(
                                ErrorCode.AMBIGUOUS_COLUMN,
                                "column reference \"" + name + "\" is ambiguous")
                        .at(position);
            }
            if (matches) {
                found = column;
            }
        }
        return found;
    }

    private static Scalar outward(Scalar value, int depth) {
        if (depth == 0) {
            return value;
        }
        return switch (value) {
            case Scalar.Column column ->
                    new Scalar.Outer(depth, column.index(), column.type(), column.name());
            case Scalar.Outer outer ->
                    new Scalar.Outer(
                            outer.depth() + depth, outer.index(), outer.type(), outer.name());
            case Scalar.Coalesce merged ->
                    new Scalar.Coalesce(
                            merged.arguments().stream().map(a -> outward(a, depth)).toList(),
                            merged.type());
            default -> value;
        };
    }

    boolean hasQualifier(String qualifier) {
        return columns.stream().anyMatch(column -> qualifier.equals(column.qualifier()))
                || (outer != null && outer.hasQualifier(qualifier));
    }

    private static SqlException missingTable(String qualifier, int position) {
        return new SqlException(
                        ErrorCode.UNDEFINED_TABLE,
                        "missing FROM-clause entry for table \"" + qualifier + "\"")
                .at(position);
    }

    private SqlException undefined(@Nullable String qualifier, String name, int position) {
        if (qualifier != null && !hasQualifier(qualifier)) {
            return missingTable(qualifier, position);
        }
        String shown = qualifier == null ? "\"" + name + "\"" : qualifier + "." + name;
        SqlException failure =
                new SqlException(ErrorCode.UNDEFINED_COLUMN, "column " + shown + " does not exist")
                        .at(position);
        Visible near = nearest(name);
        return near == null
                ? failure
                : failure.hint(
                        "Perhaps you meant to reference the column \""
                                + (near.qualifier() == null ? "" : near.qualifier() + ".")
                                + near.name()
                                + "\".");
    }

    private @Nullable Visible nearest(String name) {
        Visible best = null;
        int least = Math.min(SUGGESTION_DISTANCE_MAX, name.length() / 2) + 1;
        for (Visible column : columns) {
            int distance = distance(name, column.name());
            if (distance < least) {
                least = distance;
                best = column;
            }
        }
        return best;
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j] + 1, row[j - 1] + 1), diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }

    /** A table's columns, as a relation gives them from an offset on. */
    static List<Visible> of(String qualifier, List<Relation.Field> fields, int offset) {
        List<Visible> visible = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Relation.Field field = fields.get(i);
            visible.add(
                    new Visible(
                            qualifier,
                            field.name(),
                            new Scalar.Column(offset + i, field.type(), field.name()),
                            field.table(),
                            field.column(),
                            true));
        }
        return visible;
    }
}
