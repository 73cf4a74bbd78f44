package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.Coercions;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Outputs;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.function.CastContext;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds whole queries: bodies, set operations, VALUES, and what stands around them. */
public final class QueryBinder {

    private final BindContext context;
    private final Coercions coercions;
    private final FromBinder from;
    private final SelectBinder selects;

    public QueryBinder(BindContext context) {
        this.context = context;
        this.coercions = new Coercions(context);
        this.from = new FromBinder(context, this);
        this.selects = new SelectBinder(context, this);
    }

    public Coercions coercions() {
        return coercions;
    }

    FromBinder from() {
        return from;
    }

    /** A binder for the expressions of a clause, to which WITH's tables are visible. */
    ExpressionBinder expressions(Level level, Clause clause, CommonTables common) {
        return new ExpressionBinder(
                context, level, clause, (query, outer) -> bind(query, outer, common).relation());
    }

    // For statements ---------------------------------------------------------------------------

    /** A query that is a statement or the source of one; columns of unknown type stay so. */
    public Relation bindTop(Query query) {
        return bind(query, null, CommonTables.NONE).relation();
    }

    /** As {@link #bindTop(Query)}, below a statement's own WITH clause. */
    public Relation bindTop(Query query, Query.@Nullable With with) {
        return bind(query, null, with(with, null, CommonTables.NONE)).relation();
    }

    /** A binder for the expressions of a statement over a table. */
    public ExpressionBinder expressions(Level level, Clause clause, Query.@Nullable With with) {
        return expressions(level, clause, with(with, null, CommonTables.NONE));
    }

    /** Items of FROM or USING beside a statement's own table; null if there are none. */
    public @Nullable FromItem fromItems(List<TableReference> items, Query.@Nullable With with) {
        return items.isEmpty()
                ? null
                : from.joins().list(items, null, with(with, null, CommonTables.NONE));
    }

    // Queries ----------------------------------------------------------------------------------

    BoundQuery bind(Query query, @Nullable Level outer, CommonTables seen) {
        CommonTables common = with(query.with(), outer, seen);
        if (query.body() instanceof Query.Select select) {
            return selects.bind(query, select, outer, common);
        }
        BoundQuery body = body(query.body(), outer, common);
        Relation relation = body.relation();
        if (!query.orderBy().isEmpty()) {
            relation = Outputs.typed(relation, coercions);
            relation = new Relation.Sort(relation, outputKeys(query, relation.fields()));
        }
        return new BoundQuery(limited(relation, query, outer, common), body.shapes());
    }

    private static CommonTables with(
            Query.@Nullable With with, @Nullable Level outer, CommonTables seen) {
        CommonTables common = seen;
        if (with == null) {
            return common;
        }
        if (with.recursive()) {
            for (Query.CommonTable table : with.tables()) {
                if (mayRecur(table)) {
                    throw SqlException.unsupported("WITH RECURSIVE").at(with.position());
                }
            }
        }
        for (Query.CommonTable table : with.tables()) {
            for (CommonTables at = common; at != seen && at != null; at = at.rest()) {
                if (at.table() != null && at.table().name().equals(table.name())) {
                    throw new SqlException(
                                    ErrorCode.DUPLICATE_ALIAS,
                                    "WITH query name \""
                                            + table.name()
                                            + "\" specified more than once")
                            .at(table.position());
                }
            }
            common = common.plus(table, outer);
        }
        return common;
    }

    /** Only a UNION can refer to itself. */
    private static boolean mayRecur(Query.CommonTable table) {
        return table.statement() instanceof Query query
                && query.body() instanceof Query.SetOperation operation
                && operation.operator() == Query.SetOperator.UNION;
    }

    private BoundQuery body(Query.Body body, @Nullable Level outer, CommonTables common) {
        return switch (body) {
            case Query.Select select -> selects.bind(Query.of(select), select, outer, common);
            case Query.Values values -> values(values, outer, common);
            case Query.SetOperation operation -> setOperation(operation, outer, common);
            case Query.Nested nested -> bind(nested.query(), outer, common);
        };
    }

    // Limits -----------------------------------------------------------------------------------

    Relation limited(Relation relation, Query query, @Nullable Level outer, CommonTables common) {
        Query.Limit limit = query.limit();
        if (limit == null) {
            return relation;
        }
        if (limit.withTies()) {
            throw SqlException.unsupported("FETCH FIRST WITH TIES").at(query.position());
        }
        Scalar count = rowCount(limit.count(), Clause.LIMIT, outer, common);
        Scalar offset = rowCount(limit.offset(), Clause.OFFSET, outer, common);
        return count == null && offset == null
                ? relation
                : new Relation.Limit(relation, count, offset);
    }

    private @Nullable Scalar rowCount(
            @Nullable Expression expression,
            Clause clause,
            @Nullable Level outer,
            CommonTables common) {
        if (expression == null) {
            return null;
        }
        Level level = new Level(outer, Scope.EMPTY);
        Scalar value = expressions(level, clause, common).bind(expression);
        Scalar count = coercions.coerce(value, SqlType.BIGINT, CastContext.ASSIGNMENT);
        if (count == null) {
            throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "argument of "
                                    + clause.label()
                                    + " must be type bigint, not type "
                                    + value.type().unmodified())
                    .at(expression.position());
        }
        return count;
    }

    // VALUES -----------------------------------------------------------------------------------

    private BoundQuery values(Query.Values values, @Nullable Level outer, CommonTables common) {
        ExpressionBinder binder = expressions(new Level(outer, Scope.EMPTY), Clause.VALUES, common);
        List<List<Scalar>> rows = new ArrayList<>();
        int width = values.rows().getFirst().size();
        for (List<Expression> row : values.rows()) {
            if (row.size() != width) {
                throw new SqlException(
                                ErrorCode.SYNTAX_ERROR, "VALUES lists must all be the same length")
                        .at(row.getFirst().position());
            }
            rows.add(binder.bindAll(row));
        }
        List<SqlType> types = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            types.add(columnType(rows, column, values));
        }
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            fields.add(Field.computed("column" + (column + 1), types.get(column)));
        }
        List<List<Scalar>> coerced = new ArrayList<>();
        for (List<Scalar> row : rows) {
            List<Scalar> changed = new ArrayList<>();
            for (int column = 0; column < width; column++) {
                changed.add(coercions.implicitly(row.get(column), types.get(column)));
            }
            coerced.add(changed);
        }
        return BoundQuery.of(new Relation.Values(coerced, fields));
    }

    /** The type of a column; unknown while all its values are. */
    private static SqlType columnType(List<List<Scalar>> rows, int column, Query.Values values) {
        List<SqlType> types = new ArrayList<>();
        boolean known = false;
        for (List<Scalar> row : rows) {
            types.add(row.get(column).type());
            known |= row.get(column).type().kind() != TypeKind.UNKNOWN;
        }
        if (!known) {
            return SqlType.UNKNOWN;
        }
        try {
            return FunctionLibrary.commonType(types, "VALUES");
        } catch (SqlException mismatch) {
            throw mismatch.at(values.rows().getFirst().get(column).position());
        }
    }

    // Set operations ---------------------------------------------------------------------------

    private BoundQuery setOperation(
            Query.SetOperation operation, @Nullable Level outer, CommonTables common) {
        Relation left = body(operation.left(), outer, common).relation();
        Relation right = body(operation.right(), outer, common).relation();
        String name = operation.operator().name();
        if (left.fields().size() != right.fields().size()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "each " + name + " query must have the same number of columns")
                    .at(position(right, 0, operation));
        }
        List<SqlType> types = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            SqlType type;
            try {
                type =
                        FunctionLibrary.commonType(
                                List.of(left.fields().get(i).type(), right.fields().get(i).type()),
                                name);
            } catch (SqlException mismatch) {
                throw mismatch.at(position(right, i, operation));
            }
            types.add(type);
            fields.add(Field.computed(left.fields().get(i).name(), type));
        }
        Relation.SetOperation.Kind kind =
                switch (operation.operator()) {
                    case UNION -> Relation.SetOperation.Kind.UNION;
                    case INTERSECT -> Relation.SetOperation.Kind.INTERSECT;
                    case EXCEPT -> Relation.SetOperation.Kind.EXCEPT;
                };
        return BoundQuery.of(
                new Relation.SetOperation(
                        kind,
                        operation.all(),
                        Outputs.coerced(left, types, coercions),
                        Outputs.coerced(right, types, coercions),
                        fields));
    }

    /** Where an output column of a set operation's right side was written. */
    private int position(Relation relation, int column, Query.SetOperation operation) {
        int position =
                switch (relation) {
                    case Relation.Project project ->
                            context.position(project.expressions().get(column));
                    case Relation.Values values ->
                            context.position(values.rows().getFirst().get(column));
                    default -> 0;
                };
        return position == 0 ? operation.right().position() : position;
    }

    // Order of outputs -------------------------------------------------------------------------

    /** Keys of a query that only its output columns can be. */
    private static List<Relation.SortKey> outputKeys(Query query, List<Field> fields) {
        List<Relation.SortKey> keys = new ArrayList<>();
        for (Query.SortItem item : query.orderBy()) {
            int index = outputIndex(item, fields);
            Field field = fields.get(index);
            keys.add(SortKeys.key(item, new Scalar.Column(index, field.type(), field.name())));
        }
        return Collections.unmodifiableList(keys);
    }

    private static int outputIndex(Query.SortItem item, List<Field> fields) {
        Integer position = SortKeys.position(item.expression(), fields.size(), "ORDER BY");
        if (position != null) {
            return position;
        }
        if (item.expression() instanceof Expression.ColumnReference reference
                && reference.names().size() == 1) {
            for (int i = 0; i < fields.size(); i++) {
                if (fields.get(i).name().equals(reference.names().getFirst())) {
                    return i;
                }
            }
            throw new SqlException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \"" + reference.names().getFirst() + "\" does not exist")
                    .at(reference.position());
        }
        throw new SqlException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "invalid UNION/INTERSECT/EXCEPT ORDER BY clause")
                .detail("Only result column names can be used, not expressions or functions.")
                .hint(
                        "Add the expression/function to every SELECT,"
                                + " or move the UNION into a FROM clause.")
                .at(item.position());
    }
}
