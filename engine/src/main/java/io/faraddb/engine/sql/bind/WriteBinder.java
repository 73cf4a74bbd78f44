package io.faraddb.engine.sql.bind;

import io.faraddb.engine.catalog.CheckDef;
import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scope.Visible;
import io.faraddb.engine.sql.parse.SqlParser;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds INSERT, UPSERT, UPDATE and DELETE. */
final class WriteBinder {

    private final BindContext context;

    WriteBinder(BindContext context) {
        this.context = context;
    }

    BoundStatement bind(DataChange statement) {
        Query.With with = statement.with();
        return with == null
                ? bindBody(statement)
                : context.within(context.with(with), () -> bindBody(statement));
    }

    private BoundStatement bindBody(DataChange statement) {
        return switch (statement) {
            case DataChange.Insert insert -> insert(insert);
            case DataChange.Update update -> update(update);
            case DataChange.Delete delete -> delete(delete);
        };
    }

    private TableDef table(QualifiedName name) {
        boolean user = name.schema() == null || name.schema().equals("public");
        TableDef table = user ? context.catalog().table(name.name()) : null;
        if (table != null) {
            return table;
        }
        if (context.systemTables().find(name.schema(), name.name()) != null) {
            throw new SqlException(
                            ErrorCode.INSUFFICIENT_PRIVILEGE,
                            "\"" + name.name() + "\" is a system table and cannot be written")
                    .at(name.position());
        }
        throw FromBinder.undefined(name);
    }

    /** Columns of a table as a row of all of them has them, from an offset on. */
    private static List<Visible> wholeRow(TableDef table, String qualifier, int offset) {
        List<Visible> columns = new ArrayList<>();
        for (int place : table.visibleColumns()) {
            ColumnDef column = table.columns().get(place);
            columns.add(
                    new Visible(
                            qualifier,
                            column.name(),
                            new Scalar.Column(offset + place, column.type(), column.name()),
                            table.oid(),
                            place + 1,
                            true));
        }
        return columns;
    }

    private ExpressionBinder over(List<Visible> columns) {
        return new ExpressionBinder(context, new Scope(null, columns), null);
    }

    List<BoundStatement.Check> checks(TableDef table) {
        ExpressionBinder binder = over(wholeRow(table, table.name(), 0));
        List<BoundStatement.Check> checks = new ArrayList<>();
        for (CheckDef check : table.checks()) {
            checks.add(
                    new BoundStatement.Check(
                            check.name(),
                            binder.condition(SqlParser.parseExpression(check.text()), "CHECK")));
        }
        return checks;
    }

    private BoundStatement.@Nullable Returning returning(
            List<Query.SelectItem> items, List<Visible> columns) {
        if (items.isEmpty()) {
            return null;
        }
        Scope scope = new Scope(null, columns);
        ExpressionBinder binder = new ExpressionBinder(context, scope, null);
        List<Scalar> values = new ArrayList<>();
        List<Relation.Field> fields = new ArrayList<>();
        for (Query.SelectItem item : items) {
            if (item.expression() instanceof Expression.Star star) {
                List<Visible> all =
                        star.qualifier().isEmpty()
                                ? scope.star()
                                : scope.star(star.qualifier().getLast(), star.position());
                all.forEach(column -> {
                    values.add(column.value());
                    fields.add(column.field());
                });
                continue;
            }
            Scalar value =
                    binder.coercions().known(binder.bind(item.expression()), item.position());
            String alias = item.alias();
            values.add(value);
            fields.add(
                    Relation.Field.computed(
                            alias != null ? alias : OutputNames.of(item.expression()),
                            value.type()));
        }
        return new BoundStatement.Returning(values, fields);
    }

    private BoundStatement insert(DataChange.Insert insert) {
        TableDef table = table(insert.table());
        if (insert.overriding() != DataChange.Overriding.NONE) {
            throw SqlException.unsupported("OVERRIDING").at(insert.position());
        }
        List<Integer> targets = targets(table, insert.columns());
        Query source = insert.source();
        Relation rows =
                source == null
                        ? written(table, List.of(), List.of(List.of()))
                        : source(table, targets, source, insert);
        String alias = insert.alias();
        String qualifier = alias == null ? table.name() : alias;
        return new BoundStatement.Insert(
                table,
                rows,
                conflict(insert, table, qualifier),
                checks(table),
                returning(insert.returning(), wholeRow(table, qualifier, 0)),
                context.parameters());
    }

    private static List<Integer> targets(TableDef table, List<DataChange.ColumnTarget> columns) {
        List<Integer> targets = new ArrayList<>();
        if (columns.isEmpty()) {
            for (int place : table.visibleColumns()) {
                targets.add(place);
            }
            return targets;
        }
        for (DataChange.ColumnTarget column : columns) {
            int place = target(table, column);
            if (targets.contains(place)) {
                throw new SqlException(
                                ErrorCode.DUPLICATE_COLUMN,
                                "column \"" + column.name() + "\" specified more than once")
                        .at(column.position());
            }
            targets.add(place);
        }
        return targets;
    }

    private static int target(TableDef table, DataChange.ColumnTarget column) {
        int place = table.columnIndex(column.name());
        if (place < 0) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \"%s\" of relation \"%s\" does not exist"
                                    .formatted(column.name(), table.name()))
                    .at(column.position());
        }
        return place;
    }

    private Relation source(
            TableDef table, List<Integer> targets, Query source, DataChange.Insert insert) {
        if (source.isBodyOnly() && source.body() instanceof Query.Values values) {
            return written(table, targets, values.rows());
        }
        Relation query = new QueryBinder(context).bind(source, null);
        checkCount(query.fields().size(), targets, insert.columns(), source.position());
        List<Scalar> given = new ArrayList<>();
        for (int i = 0; i < query.fields().size(); i++) {
            Relation.Field field = query.fields().get(i);
            given.add(new Scalar.Column(i, field.type(), field.name()));
        }
        return new Relation.Project(
                query, row(table, targets, given, source.position()), fields(table));
    }

    private static void checkCount(
            int given, List<Integer> targets, List<DataChange.ColumnTarget> named, int position) {
        if (given > targets.size()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "INSERT has more expressions than target columns")
                    .at(position);
        }
        if (given < targets.size() && !named.isEmpty()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "INSERT has more target columns than expressions")
                    .at(position);
        }
    }

    /** Rows of VALUES as whole rows of the table. */
    private Relation written(TableDef table, List<Integer> targets, List<List<Expression>> rows) {
        ExpressionBinder binder = over(List.of());
        List<List<Scalar>> whole = new ArrayList<>();
        for (List<Expression> row : rows) {
            int position = row.isEmpty() ? 0 : row.getFirst().position();
            checkCount(row.size(), targets, List.of(), position);
            List<Scalar> given = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                given.add(
                        row.get(i) instanceof Expression.DefaultValue
                                ? defaultOf(table.columns().get(targets.get(i)))
                                : binder.bind(row.get(i)));
            }
            whole.add(row(table, targets, given, position));
        }
        return new Relation.Values(whole, fields(table));
    }

    private static List<Relation.Field> fields(TableDef table) {
        return table.columns().stream()
                .map(column -> Relation.Field.computed(column.name(), column.type()))
                .toList();
    }

    /** A value for every column: the given ones, defaults for the others. */
    private List<Scalar> row(
            TableDef table, List<Integer> targets, List<Scalar> given, int position) {
        Coercions coercions = new Coercions(context);
        List<Scalar> row = new ArrayList<>();
        for (int place = 0; place < table.columns().size(); place++) {
            ColumnDef column = table.columns().get(place);
            int source = targets.indexOf(place);
            if (source >= 0 && source < given.size()) {
                row.add(
                        coercions.assignment(
                                given.get(source), column.type(), column.name(), position));
            } else {
                row.add(defaultOf(column));
            }
        }
        return row;
    }

    private Scalar defaultOf(ColumnDef column) {
        String text = column.defaultText();
        return text == null || column.dropped()
                ? new Scalar.Literal(null, column.type())
                : defaultValue(SqlParser.parseExpression(text), column.type(), column.name());
    }

    Scalar defaultValue(Expression expression, SqlType type, String column) {
        ExpressionBinder binder = over(List.of());
        return binder.coercions()
                .assignment(binder.bind(expression), type, column, expression.position());
    }

    private BoundStatement.@Nullable OnConflict conflict(
            DataChange.Insert insert, TableDef table, String qualifier) {
        if (insert.upsert()) {
            if (table.hasRowId()) {
                throw new SqlException(
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "UPSERT needs a primary key, table \""
                                        + table.name()
                                        + "\" has none")
                        .at(insert.position());
            }
            return new BoundStatement.OnConflict(null, false, true, List.of(), null);
        }
        DataChange.OnConflict on = insert.onConflict();
        if (on == null) {
            return null;
        }
        if (on.targetWhere() != null) {
            throw SqlException.unsupported("a partial index as conflict target").at(on.position());
        }
        boolean untargeted = on.target().isEmpty() && on.constraint() == null;
        if (untargeted && !on.doNothing()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "ON CONFLICT DO UPDATE requires inference specification or constraint"
                                    + " name")
                    .hint("For example, ON CONFLICT (column_name).")
                    .at(on.position());
        }
        IndexDef index = untargeted ? null : conflictIndex(table, on);
        if (on.doNothing()) {
            return new BoundStatement.OnConflict(index, untargeted, false, List.of(), null);
        }
        List<Visible> columns = new ArrayList<>(wholeRow(table, qualifier, 0));
        for (Visible excluded : wholeRow(table, "excluded", table.columns().size())) {
            columns.add(
                    new Visible(
                            excluded.qualifier(),
                            excluded.name(),
                            excluded.value(),
                            excluded.table(),
                            excluded.column(),
                            false));
        }
        ExpressionBinder binder = over(columns);
        Expression where = on.where();
        return new BoundStatement.OnConflict(
                index,
                false,
                false,
                assignments(table, on.assignments(), binder),
                where == null ? null : binder.condition(where, "WHERE"));
    }

    /** The index that a conflict target means; null for the primary key. */
    private static @Nullable IndexDef conflictIndex(TableDef table, DataChange.OnConflict on) {
        String constraint = on.constraint();
        if (constraint != null) {
            if (constraint.equals(table.primaryKeyName())) {
                return null;
            }
            for (IndexDef index : table.indexes()) {
                if (index.unique() && index.name().equals(constraint)) {
                    return index;
                }
            }
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "constraint \"%s\" for table \"%s\" does not exist"
                                    .formatted(constraint, table.name()))
                    .at(on.position());
        }
        Set<Integer> wanted = new HashSet<>();
        for (Expression target : on.target()) {
            if (target instanceof Expression.ColumnReference column) {
                wanted.add(
                        target(
                                table,
                                new DataChange.ColumnTarget(
                                        column.names().getLast(), column.position())));
            } else {
                throw SqlException.unsupported("an expression as conflict target")
                        .at(target.position());
            }
        }
        if (!table.hasRowId() && wanted.equals(new HashSet<>(table.primaryKey()))) {
            return null;
        }
        for (IndexDef index : table.indexes()) {
            Set<Integer> own = new HashSet<>();
            index.columns().forEach(part -> own.add(part.column()));
            if (index.unique() && own.equals(wanted)) {
                return index;
            }
        }
        throw new SqlException(
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "there is no unique or exclusion constraint matching the ON CONFLICT"
                                + " specification")
                .at(on.position());
    }

    private List<BoundStatement.Assignment> assignments(
            TableDef table, List<DataChange.Assignment> assignments, ExpressionBinder binder) {
        List<BoundStatement.Assignment> bound = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (DataChange.Assignment assignment : assignments) {
            List<Expression> values = values(assignment);
            for (int i = 0; i < values.size(); i++) {
                DataChange.ColumnTarget target = assignment.columns().get(i);
                int place = target(table, target);
                if (!seen.add(place)) {
                    throw new SqlException(
                                    ErrorCode.SYNTAX_ERROR,
                                    "multiple assignments to same column \"" + target.name() + "\"")
                            .at(target.position());
                }
                bound.add(
                        new BoundStatement.Assignment(
                                place,
                                assigned(table.columns().get(place), values.get(i), binder)));
            }
        }
        return bound;
    }

    private Scalar assigned(ColumnDef column, Expression value, ExpressionBinder binder) {
        return value instanceof Expression.DefaultValue
                ? defaultOf(column)
                : binder.coercions()
                        .assignment(
                                binder.bind(value), column.type(), column.name(), value.position());
    }

    private static List<Expression> values(DataChange.Assignment assignment) {
        if (assignment.columns().size() == 1) {
            return List.of(assignment.value());
        }
        if (assignment.value() instanceof Expression.Row row
                && row.items().size() == assignment.columns().size()) {
            return row.items();
        }
        throw SqlException.unsupported("an assignment of several columns from a query")
                .at(assignment.position());
    }

    /** FROM or USING, and the columns of both sides. */
    private record Sources(@Nullable Relation from, List<Visible> columns) {}

    private Sources sources(
            TableDef table, @Nullable String alias, List<TableReference> references) {
        String qualifier = alias == null ? table.name() : alias;
        List<Visible> columns = new ArrayList<>(wholeRow(table, qualifier, 0));
        if (references.isEmpty()) {
            return new Sources(null, columns);
        }
        FromBinder.Source source = new FromBinder(context, null).bindAll(references);
        int offset = table.columns().size();
        for (Visible column : source.columns()) {
            ColumnRewriter shift =
                    new ColumnRewriter((expression, depth) ->
                            depth == 0 && expression instanceof Scalar.Column c
                                    ? new Scalar.Column(c.index() + offset, c.type(), c.name())
                                    : null);
            columns.add(
                    new Visible(
                            column.qualifier(),
                            column.name(),
                            shift.rewrite(column.value()),
                            column.table(),
                            column.column(),
                            column.unqualified()));
        }
        return new Sources(source.relation(), columns);
    }

    private BoundStatement update(DataChange.Update update) {
        TableDef table = table(update.table());
        Sources sources = sources(table, update.alias(), update.from());
        ExpressionBinder binder = over(sources.columns());
        Expression where = update.where();
        Scalar condition = where == null ? null : binder.condition(where, "WHERE");
        List<BoundStatement.Assignment> assignments =
                assignments(table, update.assignments(), binder);
        return new BoundStatement.Update(
                table,
                sources.from(),
                condition,
                assignments,
                checks(table),
                returning(update.returning(), sources.columns()),
                context.parameters());
    }

    private BoundStatement delete(DataChange.Delete delete) {
        TableDef table = table(delete.table());
        Sources sources = sources(table, delete.alias(), delete.using());
        Expression where = delete.where();
        Scalar condition = where == null ? null : over(sources.columns()).condition(where, "WHERE");
        return new BoundStatement.Delete(
                table,
                sources.from(),
                condition,
                returning(delete.returning(), sources.columns()),
                context.parameters());
    }
}
