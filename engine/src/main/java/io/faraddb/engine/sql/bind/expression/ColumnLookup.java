package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.Scope.Column;
import io.faraddb.engine.sql.bind.expression.Scope.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what the name of a column means, from the innermost query outwards. */
final class ColumnLookup {

    /** The name that the database has in names of four parts. */
    private static final String DATABASE = "farad";

    /** Changes of letters that a suggestion may differ by. */
    private static final int SUGGESTION_DISTANCE_MAX = 3;

    private final BindContext context;
    private final Level level;

    ColumnLookup(BindContext context, Level level) {
        this.context = context;
        this.level = level;
    }

    /**
     * The value that a name stands for.
     *
     * @param names qualifiers first
     * @throws SqlException if there is none or more than one
     */
    Scalar find(List<String> names, int position) {
        return names.size() == 1
                ? unqualified(names.getFirst(), position)
                : qualified(names, position);
    }

    private Scalar unqualified(String name, int position) {
        int depth = 0;
        for (Level at = level; at != null; at = at.outer(), depth++) {
            Column found = only(at.scope().columns(), name, position);
            if (found != null) {
                return use(at, found, depth, position);
            }
        }
        depth = 0;
        for (Level at = level; at != null; at = at.outer(), depth++) {
            Table table = table(at.scope(), null, name, position);
            if (table != null) {
                return wholeRow(at, table, depth, position);
            }
        }
        throw missingColumn(null, name, position);
    }

    private static @Nullable Column only(List<Column> columns, String name, int position) {
        Column found = null;
        for (Column column : columns) {
            if (column.name().equals(name)) {
                if (found != null) {
                    throw new SqlException(
                                    ErrorCode.AMBIGUOUS_COLUMN,
                                    "column reference \"" + name + "\" is ambiguous")
                            .at(position);
                }
                found = column;
            }
        }
        return found;
    }

    private Scalar qualified(List<String> names, int position) {
        String column = names.getLast();
        List<String> qualifier = qualifier(names, position);
        String schema = qualifier.size() > 1 ? qualifier.get(qualifier.size() - 2) : null;
        String name = qualifier.getLast();
        int depth = 0;
        for (Level at = level; at != null; at = at.outer(), depth++) {
            Table table = table(at.scope(), schema, name, position);
            if (table != null) {
                Column found = only(table.columns(), column, position);
                if (found == null) {
                    throw missingColumn(name, column, position);
                }
                return use(at, found, depth, position);
            }
        }
        throw missingTable(name, position);
    }

    private static List<String> qualifier(List<String> names, int position) {
        List<String> qualifier = names.subList(0, names.size() - 1);
        if (qualifier.size() > 3) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "improper qualified name (too many dotted names): "
                                    + String.join(".", names))
                    .at(position);
        }
        if (qualifier.size() == 3 && !qualifier.getFirst().equals(DATABASE)) {
            throw new SqlException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "cross-database references are not implemented: "
                                    + String.join(".", names))
                    .at(position);
        }
        return qualifier;
    }

    /** The table of a name in one scope; null if there is none. */
    static @Nullable Table table(Scope scope, @Nullable String schema, String name, int position) {
        Table found = null;
        for (Table table : scope.tables()) {
            if (table.name().equals(name) && (schema == null || schema.equals(table.schema()))) {
                if (found != null) {
                    throw new SqlException(
                                    ErrorCode.DUPLICATE_ALIAS,
                                    "table reference \"" + name + "\" is ambiguous")
                            .at(position);
                }
                found = table;
            }
        }
        return found;
    }

    private Scalar use(Level at, Column column, int depth, int position) {
        at.markUsed();
        Scalar value = depth == 0 ? fresh(column.value()) : outer(column.value(), depth);
        return context.shaped(context.at(value, position), column.shape());
    }

    /** A copy, so that each mention has a position of its own. */
    private static Scalar fresh(Scalar value) {
        return value instanceof Scalar.Column column
                ? new Scalar.Column(column.index(), column.type(), column.name())
                : new Rewriter((scalar, depth) -> null).rewrite(value);
    }

    private static Scalar outer(Scalar value, int depth) {
        return new Rewriter((scalar, inner) ->
                scalar instanceof Scalar.Column column
                        ? new Scalar.Outer(depth, column.index(), column.type(), column.name())
                        : null)
                .rewrite(value);
    }

    private Scalar wholeRow(Level at, Table table, int depth, int position) {
        List<Scalar> fields = new ArrayList<>();
        for (Column column : table.columns()) {
            fields.add(use(at, column, depth, position));
        }
        RecordShape shape =
                new RecordShape(
                        table.columns().stream().map(Column::name).toList(),
                        table.columns().stream().map(Column::type).toList());
        return context.shaped(context.at(new Scalar.Row(fields), position), shape);
    }

    /** The columns that {@code *} or {@code t.*} stands for, with their names. */
    List<Column> star(List<String> qualifier, int position) {
        if (qualifier.isEmpty()) {
            if (level.scope().tables().isEmpty() && level.scope().columns().isEmpty()) {
                throw new SqlException(
                                ErrorCode.SYNTAX_ERROR,
                                "SELECT * with no tables specified is not valid")
                        .at(position);
            }
            return level.scope().columns();
        }
        List<String> names = new ArrayList<>(qualifier);
        names.add("*");
        List<String> checked = qualifier(names, position);
        String schema = checked.size() > 1 ? checked.get(checked.size() - 2) : null;
        Table table = table(level.scope(), schema, checked.getLast(), position);
        if (table != null) {
            return table.columns();
        }
        int depth = 1;
        for (Level at = level.outer(); at != null; at = at.outer(), depth++) {
            Table outer = table(at.scope(), schema, checked.getLast(), position);
            if (outer != null) {
                at.markUsed();
                int levels = depth;
                return outer.columns().stream()
                        .map(column ->
                                new Column(
                                        column.name(),
                                        outer(column.value(), levels),
                                        0,
                                        0,
                                        column.shape()))
                        .toList();
            }
        }
        throw missingTable(checked.getLast(), position);
    }

    // Errors -----------------------------------------------------------------------------------

    private SqlException missingTable(String name, int position) {
        for (Level at = level; at != null; at = at.outer()) {
            for (Table table : at.scope().tables()) {
                if (name.equals(table.aliasOf())) {
                    return new SqlException(
                                    ErrorCode.UNDEFINED_TABLE,
                                    "invalid reference to FROM-clause entry for table \""
                                            + name
                                            + "\"")
                            .hint(
                                    "Perhaps you meant to reference the table alias \""
                                            + table.name()
                                            + "\".")
                            .at(position);
                }
            }
        }
        return new SqlException(
                        ErrorCode.UNDEFINED_TABLE,
                        "missing FROM-clause entry for table \"" + name + "\"")
                .at(position);
    }

    private SqlException missingColumn(@Nullable String table, String name, int position) {
        String text =
                table == null
                        ? "column \"" + name + "\" does not exist"
                        : "column " + table + "." + name + " does not exist";
        SqlException missing = new SqlException(ErrorCode.UNDEFINED_COLUMN, text).at(position);
        List<String> near = suggestions(table, name);
        return switch (near.size()) {
            case 1 ->
                    missing.hint(
                            "Perhaps you meant to reference the column \"" + near.get(0) + "\".");
            case 2 ->
                    missing.hint(
                            "Perhaps you meant to reference the column \""
                                    + near.get(0)
                                    + "\" or the column \""
                                    + near.get(1)
                                    + "\".");
            default -> missing;
        };
    }

    /** The columns whose names are nearest, if they are near and few. */
    private List<String> suggestions(@Nullable String table, String name) {
        List<String> nearest = new ArrayList<>();
        int best = SUGGESTION_DISTANCE_MAX;
        for (Level at = level; at != null; at = at.outer()) {
            for (Table candidate : at.scope().tables()) {
                int penalty = table == null ? 0 : EditDistance.between(table, candidate.name());
                for (Column column : candidate.columns()) {
                    int distance = EditDistance.between(name, column.name());
                    if (distance > column.name().length() / 2 || distance + penalty > best) {
                        continue;
                    }
                    if (distance + penalty < best) {
                        nearest.clear();
                        best = distance + penalty;
                    }
                    nearest.add(candidate.name() + "." + column.name());
                }
            }
        }
        return nearest;
    }
}
