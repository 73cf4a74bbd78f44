package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names that FROM makes visible, as expressions over its rows.
 *
 * @param tables by which columns can be qualified
 * @param columns without a qualifier, in the order of {@code *}
 */
public record Scope(List<Table> tables, List<Column> columns) {

    public static final Scope EMPTY = new Scope(List.of(), List.of());

    /**
     * A table by the name it has in the query.
     *
     * @param schema of a table under its own name; null for an alias
     * @param aliasOf the table's own name if an alias hides it; null otherwise
     */
    public record Table(
            @Nullable String schema, String name, @Nullable String aliasOf, List<Column> columns) {

        public Table {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A column.
     *
     * @param value over a row of FROM
     * @param table oid of the table that it comes from unchanged; 0 if none
     * @param number its place there, from 1; 0 if none
     * @param shape of a record; null for other types
     */
    public record Column(
            String name, Scalar value, int table, int number, @Nullable RecordShape shape) {

        public SqlType type() {
            return value.type();
        }

        Column shifted(int by) {
            return new Column(name, shift(value, by), table, number, shape);
        }
    }

    public Scope {
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
    }

    /** The same names over rows that so many other columns precede. */
    public Scope shifted(int by) {
        List<Table> movedTables = new ArrayList<>();
        for (Table table : tables) {
            List<Column> moved = table.columns().stream().map(c -> c.shifted(by)).toList();
            movedTables.add(new Table(table.schema(), table.name(), table.aliasOf(), moved));
        }
        return new Scope(movedTables, columns.stream().map(c -> c.shifted(by)).toList());
    }

    /** This scope's names, then the other's, which are shifted already. */
    public Scope plus(Scope other) {
        List<Table> allTables = new ArrayList<>(tables);
        allTables.addAll(other.tables);
        List<Column> allColumns = new ArrayList<>(columns);
        allColumns.addAll(other.columns);
        return new Scope(allTables, allColumns);
    }

    /** A column's expression over a row that so many others precede. */
    private static Scalar shift(Scalar value, int by) {
        return switch (value) {
            case Scalar.Column column ->
                    new Scalar.Column(column.index() + by, column.type(), column.name());
            case Scalar.Coalesce coalesce ->
                    new Scalar.Coalesce(
                            coalesce.arguments().stream().map(a -> shift(a, by)).toList(),
                            coalesce.type());
            case Scalar.Cast cast ->
                    new Scalar.Cast(shift(cast.argument(), by), cast.type(), cast.explicit());
            default -> value;
        };
    }
}
