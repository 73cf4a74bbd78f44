package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.FromBinder.Source;
import io.faraddb.engine.sql.bind.Scope.Visible;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds a SELECT with the ORDER BY behind it. */
final class SelectBinder {

    private final BindContext context;
    private final @Nullable Scope outer;

    SelectBinder(BindContext context, @Nullable Scope outer) {
        this.context = context;
        this.outer = outer;
    }

    /** An output column. */
    private record Output(String name, Scalar value, int table, int column) {}

    Relation bind(Query.Select select, List<Query.SortItem> orderBy) {
        if (!select.windows().isEmpty()) {
            throw SqlException.unsupported("a WINDOW clause").at(select.position());
        }
        Source source = new FromBinder(context, outer).bindAll(select.from());
        Scope scope = source.scope(outer);
        Relation input = source.relation();
        Expression where = select.where();
        if (where != null) {
            Scalar condition = new ExpressionBinder(context, scope, null).condition(where, "WHERE");
            input = new Relation.Filter(input, condition);
        }
        Gathered gathered = new Gathered();
        ExpressionBinder binder = new ExpressionBinder(context, scope, gathered);
        List<Output> outputs = outputs(select.items(), scope, binder);
        Expression having = select.having();
        Scalar havingCondition = having == null ? null : binder.condition(having, "HAVING");
        List<Relation.SortKey> order = order(orderBy, outputs, scope, binder);
        List<Scalar> keys = groupKeys(select, outputs, scope);
        boolean grouped =
                !select.groupBy().isEmpty() || having != null || !gathered.aggregates().isEmpty();
        Grouper grouper = new Grouper(scope, keys, gathered);
        if (grouped) {
            input = grouper.relation(input, select.position());
            outputs =
                    outputs.stream()
                            .map(o ->
                                    new Output(
                                            o.name(),
                                            grouper.over(o.value(), select.position()),
                                            o.table(),
                                            o.column()))
                            .toList();
            order = order.stream().map(key -> grouper.over(key, select.position())).toList();
            if (havingCondition != null) {
                input =
                        new Relation.Filter(
                                input, grouper.over(havingCondition, select.position()));
            }
        }
        return project(select, input, gathered, outputs, order);
    }

    private List<Output> outputs(
            List<Query.SelectItem> items, Scope scope, ExpressionBinder binder) {
        List<Output> outputs = new ArrayList<>();
        for (Query.SelectItem item : items) {
            if (item.expression() instanceof Expression.Star star) {
                List<Visible> columns =
                        star.qualifier().isEmpty()
                                ? scope.star()
                                : scope.star(star.qualifier().getLast(), star.position());
                if (columns.isEmpty()) {
                    throw new SqlException(
                                    ErrorCode.SYNTAX_ERROR,
                                    "SELECT * with no tables specified is not valid")
                            .at(star.position());
                }
                columns.forEach(
                        c -> outputs.add(new Output(c.name(), c.value(), c.table(), c.column())));
                continue;
            }
            Scalar bound = binder.bind(item.expression());
            Scalar value = binder.coercions().known(bound, item.position());
            String alias = item.alias();
            String name = alias != null ? alias : OutputNames.of(item.expression());
            Visible origin = origin(value, scope);
            outputs.add(
                    new Output(
                            name,
                            value,
                            origin == null ? 0 : origin.table(),
                            origin == null ? 0 : origin.column()));
        }
        return outputs;
    }

    private static @Nullable Visible origin(Scalar value, Scope scope) {
        if (value instanceof Scalar.Column) {
            for (Visible column : scope.columns()) {
                if (column.value().equals(value)) {
                    return column;
                }
            }
        }
        return null;
    }

    private static List<Relation.SortKey> order(
            List<Query.SortItem> items,
            List<Output> outputs,
            Scope scope,
            ExpressionBinder binder) {
        List<Relation.SortKey> keys = new ArrayList<>();
        for (Query.SortItem item : items) {
            Integer place = QueryBinder.position(item.expression(), outputs.size());
            Scalar key =
                    place != null
                            ? outputs.get(place).value()
                            : named(item.expression(), outputs, scope, binder, true);
            keys.add(CallBinder.sortKey(item, binder.coercions().known(key, item.position())));
        }
        return keys;
    }

    /** A bare name means an output column first in ORDER BY, an input column first in GROUP BY. */
    private static Scalar named(
            Expression expression,
            List<Output> outputs,
            Scope scope,
            ExpressionBinder binder,
            boolean outputFirst) {
        if (expression instanceof Expression.ColumnReference column && column.names().size() == 1) {
            String name = column.names().getFirst();
            boolean input = scope.columns().stream().anyMatch(c -> c.name().equals(name));
            if (outputFirst || !input) {
                List<Scalar> found =
                        outputs.stream()
                                .filter(o -> o.name().equals(name))
                                .map(Output::value)
                                .distinct()
                                .toList();
                if (found.size() > 1) {
                    throw new SqlException(
                                    ErrorCode.AMBIGUOUS_COLUMN,
                                    "ORDER BY \"" + name + "\" is ambiguous")
                            .at(expression.position());
                }
                if (found.size() == 1) {
                    return found.getFirst();
                }
            }
        }
        return binder.bind(expression);
    }

    private List<Scalar> groupKeys(Query.Select select, List<Output> outputs, Scope scope) {
        ExpressionBinder binder = new ExpressionBinder(context, scope, null);
        List<Scalar> keys = new ArrayList<>();
        for (Expression expression : select.groupBy()) {
            Integer place = QueryBinder.position(expression, outputs.size());
            Scalar key =
                    place != null
                            ? outputs.get(place).value()
                            : named(expression, outputs, scope, binder, false);
            Scalar known = binder.coercions().known(key, expression.position());
            if (!keys.contains(known)) {
                keys.add(known);
            }
        }
        return keys;
    }

    private Relation project(
            Query.Select select,
            Relation source,
            Gathered gathered,
            List<Output> outputs,
            List<Relation.SortKey> order) {
        Relation input = source;
        ColumnRewriter sets = behind(input.fields().size());
        if (!gathered.sets().isEmpty()) {
            input = projectSet(input, gathered);
        }
        List<Scalar> values = new ArrayList<>();
        List<Relation.Field> fields = new ArrayList<>();
        for (Output output : outputs) {
            Scalar value = sets.rewrite(output.value());
            values.add(value);
            fields.add(
                    new Relation.Field(
                            output.name(), value.type(), output.table(), output.column()));
        }
        int visible = values.size();
        List<Integer> on = distinctOn(select, outputs, values, fields);
        List<Relation.SortKey> keys = new ArrayList<>();
        for (Relation.SortKey key : order) {
            Scalar value = sets.rewrite(key.expression());
            int place = values.indexOf(value);
            if (place < 0) {
                if (select.distinct() && select.distinctOn().isEmpty()) {
                    throw new SqlException(
                                    ErrorCode.INVALID_COLUMN_REFERENCE,
                                    "for SELECT DISTINCT, ORDER BY expressions must appear in"
                                            + " select list")
                            .at(select.position());
                }
                place = values.size();
                values.add(value);
                fields.add(Relation.Field.computed("", value.type()));
            }
            keys.add(
                    new Relation.SortKey(
                            new Scalar.Column(place, value.type(), ""),
                            key.descending(),
                            key.nullsFirst()));
        }
        Relation result = new Relation.Project(input, values, fields);
        if (select.distinct() && on.isEmpty()) {
            result = new Relation.Distinct(result, List.of());
        }
        if (!keys.isEmpty()) {
            result = new Relation.Sort(result, keys);
        }
        if (!on.isEmpty()) {
            result = new Relation.Distinct(result, on);
        }
        return values.size() == visible ? result : trimmed(result, visible);
    }

    /** Moves what stands for set-returning functions to the columns behind the input's. */
    private static ColumnRewriter behind(int width) {
        return new ColumnRewriter((expression, depth) ->
                depth == 0
                                && expression instanceof Scalar.Column column
                                && column.index() >= Gathered.SETS
                        ? new Scalar.Column(
                                width + column.index() - Gathered.SETS,
                                column.type(),
                                column.name())
                        : null);
    }

    private List<Integer> distinctOn(
            Query.Select select,
            List<Output> outputs,
            List<Scalar> values,
            List<Relation.Field> fields) {
        if (select.distinctOn().isEmpty()) {
            return List.of();
        }
        List<Integer> places = new ArrayList<>();
        for (Expression expression : select.distinctOn()) {
            Integer place = QueryBinder.position(expression, outputs.size());
            if (place == null) {
                Source source = new FromBinder(context, outer).bindAll(select.from());
                Scope scope = source.scope(outer);
                Scalar value =
                        named(
                                expression,
                                outputs,
                                scope,
                                new ExpressionBinder(context, scope, null),
                                false);
                place = values.indexOf(value);
                if (place < 0) {
                    place = values.size();
                    values.add(value);
                    fields.add(Relation.Field.computed("", value.type()));
                }
            }
            places.add(place);
        }
        return places;
    }

    private static Relation projectSet(Relation input, Gathered gathered) {
        List<Relation.Field> fields = new ArrayList<>(input.fields());
        for (Gathered.SetCall call : gathered.sets()) {
            boolean single = call.function().columnTypes().size() == 1;
            fields.add(
                    Relation.Field.computed(
                            call.function().name(),
                            single ? call.function().columnTypes().getFirst() : SqlType.RECORD));
        }
        return new Relation.ProjectSet(
                input,
                gathered.sets().stream().map(Gathered.SetCall::function).toList(),
                gathered.sets().stream().map(Gathered.SetCall::arguments).toList(),
                fields);
    }

    private static Relation trimmed(Relation relation, int visible) {
        List<Scalar> columns = new ArrayList<>();
        List<Relation.Field> fields = relation.fields().subList(0, visible);
        for (int i = 0; i < visible; i++) {
            columns.add(new Scalar.Column(i, fields.get(i).type(), fields.get(i).name()));
        }
        return new Relation.Project(relation, columns, fields);
    }
}
