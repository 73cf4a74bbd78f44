package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Sameness;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds SELECT.
 *
 * <p>All expressions are bound over the rows of FROM; when the query turns out to be grouped, they
 * are rewritten over the rows of groups. Without DISTINCT, order and limit come before the output
 * is computed, so that an index may give the order.
 */
final class SelectBinder {

    private final BindContext context;
    private final QueryBinder queries;

    SelectBinder(BindContext context, QueryBinder queries) {
        this.context = context;
        this.queries = queries;
    }

    BoundQuery bind(Query query, Query.Select select, @Nullable Level outer, CommonTables common) {
        if (!select.windows().isEmpty()) {
            throw SqlException.unsupported("WINDOW").at(select.position());
        }
        FromItem from = queries.from().joins().list(select.from(), outer, common);
        Level level = new Level(outer, from.scope());
        Relation input = from.relation();
        Expression where = select.where();
        if (where != null) {
            Scalar condition = queries.expressions(level, Clause.WHERE, common).condition(where);
            input = new Relation.Filter(input, condition);
        }
        SelectList list =
                SelectList.bind(select.items(), queries.expressions(level, Clause.SELECT, common));
        Parts parts = parts(query, select, level, common, list);
        Rows rows = new Rows(input, parts);
        if (grouped(select, level)) {
            rows = grouped(rows, from, level);
        }
        rows = setFunctions(rows, level);
        Relation result = ordered(query, select, rows, outer, common);
        return new BoundQuery(result, list.shapes());
    }

    /** What is bound over the rows of FROM, besides WHERE. */
    private record Parts(
            SelectList list,
            List<Scalar> groupBy,
            @Nullable Scalar having,
            List<Scalar> distinctOn,
            List<Relation.SortKey> orderBy) {}

    /** Rows with the expressions over them. */
    private record Rows(Relation relation, Parts parts) {}

    private Parts parts(
            Query query, Query.Select select, Level level, CommonTables common, SelectList list) {
        if (select.distinct()) {
            list.settleTypes(queries.coercions());
        }
        ExpressionBinder grouping = queries.expressions(level, Clause.GROUP_BY, common);
        List<Scalar> groupBy = new ArrayList<>();
        for (Expression key : select.groupBy()) {
            addGroupKey(key, list, level, grouping, groupBy);
        }
        Expression having = select.having();
        Scalar condition =
                having == null
                        ? null
                        : queries.expressions(level, Clause.HAVING, common).condition(having);
        ExpressionBinder ordering = queries.expressions(level, Clause.ORDER_BY, common);
        List<Scalar> distinctOn = new ArrayList<>();
        for (Expression key : select.distinctOn()) {
            distinctOn.add(outputOrExpression(key, list, ordering, "SELECT DISTINCT ON"));
        }
        List<Relation.SortKey> orderBy = new ArrayList<>();
        for (Query.SortItem item : query.orderBy()) {
            orderBy.add(
                    SortKeys.key(
                            item,
                            outputOrExpression(item.expression(), list, ordering, "ORDER BY")));
        }
        return new Parts(list, groupBy, condition, distinctOn, orderBy);
    }

    private static boolean grouped(Query.Select select, Level level) {
        return !select.groupBy().isEmpty()
                || select.having() != null
                || !level.aggregates().isEmpty();
    }

    // Names of outputs -------------------------------------------------------------------------

    /** GROUP BY takes a name for a column of FROM first, then for an output. */
    private void addGroupKey(
            Expression key,
            SelectList list,
            Level level,
            ExpressionBinder binder,
            List<Scalar> keys) {
        if (key instanceof Expression.Row row) {
            for (Expression item : row.items()) {
                addGroupKey(item, list, level, binder, keys);
            }
            return;
        }
        Integer position = SortKeys.position(key, list.size(), "GROUP BY");
        Scalar bound;
        if (position != null) {
            bound = list.expression(position);
        } else {
            Scalar output =
                    key instanceof Expression.ColumnReference reference
                                    && reference.names().size() == 1
                                    && !isColumn(level, reference.names().getFirst())
                            ? list.named(reference, "GROUP BY")
                            : null;
            bound = output == null ? binder.bindTyped(key) : output;
        }
        if (refersToAggregate(bound)) {
            throw new SqlException(
                            ErrorCode.GROUPING_ERROR,
                            "aggregate functions are not allowed in GROUP BY")
                    .at(key.position());
        }
        keys.add(bound);
    }

    private static boolean refersToAggregate(Scalar scalar) {
        return scalar instanceof Scalar.Column column
                && column.index() >= Level.AGGREGATES
                && column.index() < Level.SET_FUNCTIONS;
    }

    private static boolean isColumn(Level level, String name) {
        return level.scope().columns().stream().anyMatch(column -> column.name().equals(name));
    }

    /** ORDER BY takes a name for an output first, then for a column of FROM. */
    private Scalar outputOrExpression(
            Expression key, SelectList list, ExpressionBinder binder, String clause) {
        Integer position = SortKeys.position(key, list.size(), clause);
        if (position != null) {
            return binder.coercions().implicitly(list.expression(position), list.type(position));
        }
        if (key instanceof Expression.ColumnReference reference && reference.names().size() == 1) {
            Scalar output = list.named(reference, clause);
            if (output != null) {
                return output;
            }
        }
        return binder.bindTyped(key);
    }

    // Groups and sets --------------------------------------------------------------------------

    private Rows grouped(Rows rows, FromItem from, Level level) {
        Parts parts = rows.parts();
        Groups groups = new Groups(context, from, level, rows.relation(), parts.groupBy());
        SelectList list = parts.list().rewritten(groups::rewrite);
        Scalar having = parts.having();
        Scalar condition = having == null ? null : groups.rewrite(having);
        List<Scalar> distinctOn = parts.distinctOn().stream().map(groups::rewrite).toList();
        List<Relation.SortKey> orderBy = rewritten(parts.orderBy(), groups::rewrite);
        groups.rewriteSetCalls();
        Relation relation = groups.relation();
        if (condition != null) {
            relation = new Relation.Filter(relation, condition);
        }
        return new Rows(relation, new Parts(list, List.of(), null, distinctOn, orderBy));
    }

    /** A change of expressions. */
    private interface Change {
        Scalar apply(Scalar scalar);
    }

    private static List<Relation.SortKey> rewritten(List<Relation.SortKey> keys, Change change) {
        List<Relation.SortKey> changed = new ArrayList<>();
        for (Relation.SortKey key : keys) {
            changed.add(
                    new Relation.SortKey(
                            change.apply(key.expression()), key.descending(), key.nullsFirst()));
        }
        return changed;
    }

    private Rows setFunctions(Rows rows, Level level) {
        if (level.setCalls().isEmpty()) {
            return rows;
        }
        SetCalls calls = new SetCalls(rows.relation(), level.setCalls());
        Parts parts = rows.parts();
        return new Rows(
                calls.relation(),
                new Parts(
                        parts.list().rewritten(calls::rewrite),
                        List.of(),
                        null,
                        parts.distinctOn().stream().map(calls::rewrite).toList(),
                        rewritten(parts.orderBy(), calls::rewrite)));
    }

    // Order, limit, output ---------------------------------------------------------------------

    private Relation ordered(
            Query query,
            Query.Select select,
            Rows rows,
            @Nullable Level outer,
            CommonTables common) {
        if (!select.distinctOn().isEmpty()) {
            return distinctOn(query, rows, outer, common);
        }
        SelectList list = rows.parts().list();
        List<Relation.SortKey> orderBy = rows.parts().orderBy();
        if (select.distinct()) {
            Relation distinct = new Relation.Distinct(list.project(rows.relation()), List.of());
            List<Relation.SortKey> keys = rewritten(orderBy, key -> outputColumn(key, list, query));
            Relation sorted = keys.isEmpty() ? distinct : new Relation.Sort(distinct, keys);
            return queries.limited(sorted, query, outer, common);
        }
        Relation sorted =
                orderBy.isEmpty() ? rows.relation() : new Relation.Sort(rows.relation(), orderBy);
        return list.project(queries.limited(sorted, query, outer, common));
    }

    private static Scalar outputColumn(Scalar key, SelectList list, Query query) {
        int index = list.indexOf(key);
        if (index < 0) {
            throw new SqlException(
                            ErrorCode.INVALID_COLUMN_REFERENCE,
                            "for SELECT DISTINCT, ORDER BY expressions must appear in select list")
                    .at(query.orderBy().getFirst().position());
        }
        return list.column(index);
    }

    /** The expressions of DISTINCT ON lead the order, which they make if none is given. */
    private Relation distinctOn(
            Query query, Rows rows, @Nullable Level outer, CommonTables common) {
        Parts parts = rows.parts();
        List<Relation.SortKey> keys = new ArrayList<>(parts.orderBy());
        List<Scalar> on = new ArrayList<>(parts.distinctOn());
        for (int i = 0; i < keys.size() && i < on.size(); i++) {
            Scalar key = keys.get(i).expression();
            if (on.stream().noneMatch(expression -> Sameness.same(expression, key))) {
                throw new SqlException(
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "SELECT DISTINCT ON expressions must match initial ORDER BY"
                                        + " expressions")
                        .at(context.position(on.get(i)));
            }
        }
        for (Scalar expression : on) {
            if (keys.stream().noneMatch(key -> Sameness.same(key.expression(), expression))) {
                keys.add(new Relation.SortKey(expression, false, false));
            }
        }
        Relation sorted = new Relation.Sort(rows.relation(), keys);
        SelectList wide = parts.list().plus(on);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < on.size(); i++) {
            places.add(parts.list().size() + i);
        }
        Relation distinct = new Relation.Distinct(wide.project(sorted), places);
        return narrowed(queries.limited(distinct, query, outer, common), parts.list().size());
    }

    /** The first columns of a relation. */
    private static Relation narrowed(Relation relation, int width) {
        List<Scalar> columns = new ArrayList<>();
        List<Field> fields = relation.fields().subList(0, width);
        for (int i = 0; i < width; i++) {
            columns.add(new Scalar.Column(i, fields.get(i).type(), fields.get(i).name()));
        }
        return new Relation.Project(relation, columns, fields);
    }
}
