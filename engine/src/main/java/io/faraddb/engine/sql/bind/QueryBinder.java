package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds queries: WITH, set operations, ORDER BY, LIMIT; a SELECT is the {@link SelectBinder}'s. */
final class QueryBinder {

    private final BindContext context;

    QueryBinder(BindContext context) {
        this.context = context;
    }

    /**
     * @param outer the scope of the enclosing query; null for none
     */
    Relation bind(Query query, @Nullable Scope outer) {
        Query.With with = query.with();
        return with == null
                ? bindBody(query, outer)
                : context.within(context.with(with), () -> bindBody(query, outer));
    }

    private Relation bindBody(Query query, @Nullable Scope outer) {
        query.locks().forEach(QueryBinder::checkLock);
        Relation relation;
        if (query.body() instanceof Query.Select select) {
            relation = new SelectBinder(context, outer).bind(select, query.orderBy());
        } else {
            relation = body(query.body(), outer);
            if (!query.orderBy().isEmpty()) {
                relation = sorted(relation, query.orderBy(), outer);
            }
        }
        Query.Limit limit = query.limit();
        return limit == null ? relation : limited(relation, limit, outer);
    }

    /** Every transaction is serializable: what is read is checked at commit, locked or not. */
    private static void checkLock(Query.RowLock lock) {
        if (lock.whenLocked() != Query.LockWait.WAIT) {
            throw SqlException.unsupported(lock.whenLocked().name().replace('_', ' '))
                    .at(lock.position());
        }
    }

    private Relation body(Query.Body body, @Nullable Scope around) {
        return switch (body) {
            case Query.Select select -> new SelectBinder(context, around).bind(select, List.of());
            case Query.Values values -> values(values, around);
            case Query.Nested nested -> bind(nested.query(), around);
            case Query.SetOperation operation -> setOperation(operation, around);
        };
    }

    Relation values(Query.Values values, @Nullable Scope around) {
        ExpressionBinder binder = new ExpressionBinder(context, new Scope(around, List.of()), null);
        List<List<Scalar>> rows = new ArrayList<>();
        for (List<Expression> row : values.rows()) {
            if (!rows.isEmpty() && rows.getFirst().size() != row.size()) {
                throw new SqlException(
                                ErrorCode.SYNTAX_ERROR, "VALUES lists must all be the same length")
                        .at(values.position());
            }
            rows.add(binder.bindAll(row));
        }
        List<SqlType> types = new ArrayList<>();
        List<Relation.Field> fields = new ArrayList<>();
        for (int i = 0; i < rows.getFirst().size(); i++) {
            int column = i;
            List<Scalar> items = rows.stream().map(row -> row.get(column)).toList();
            SqlType type = binder.common(items, values.position());
            types.add(type);
            fields.add(Relation.Field.computed("column" + (i + 1), type));
        }
        List<List<Scalar>> coerced = new ArrayList<>();
        for (List<Scalar> row : rows) {
            List<Scalar> items = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                items.add(binder.coercions().implicit(row.get(i), types.get(i), values.position()));
            }
            coerced.add(items);
        }
        return new Relation.Values(coerced, fields);
    }

    private Relation setOperation(Query.SetOperation operation, @Nullable Scope around) {
        Relation left = body(operation.left(), around);
        Relation right = body(operation.right(), around);
        if (left.fields().size() != right.fields().size()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "each %s query must have the same number of columns"
                                    .formatted(operation.operator()))
                    .at(operation.position());
        }
        List<Relation.Field> fields = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            SqlType a = left.fields().get(i).type();
            SqlType b = right.fields().get(i).type();
            SqlType type = FunctionLibrary.commonType(List.of(a, b), operation.operator().name());
            fields.add(Relation.Field.computed(left.fields().get(i).name(), type));
        }
        Relation.SetOperation.Kind kind =
                switch (operation.operator()) {
                    case UNION -> Relation.SetOperation.Kind.UNION;
                    case INTERSECT -> Relation.SetOperation.Kind.INTERSECT;
                    case EXCEPT -> Relation.SetOperation.Kind.EXCEPT;
                };
        return new Relation.SetOperation(
                kind,
                operation.all(),
                as(left, fields, operation.position()),
                as(right, fields, operation.position()),
                fields);
    }

    /** The same rows with the types of other fields. */
    private Relation as(Relation relation, List<Relation.Field> fields, int position) {
        Coercions coercions = new Coercions(context);
        List<Scalar> columns = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i < fields.size(); i++) {
            Relation.Field own = relation.fields().get(i);
            Scalar column = new Scalar.Column(i, own.type(), own.name());
            Scalar coerced = coercions.implicit(column, fields.get(i).type(), position);
            changed |= coerced != column;
            columns.add(coerced);
        }
        return changed ? new Relation.Project(relation, columns, fields) : relation;
    }

    /** ORDER BY of a set operation: by output columns only. */
    private Relation sorted(Relation relation, List<Query.SortItem> items, @Nullable Scope around) {
        Scope scope = new Scope(around, Scope.of("", relation.fields(), 0));
        ExpressionBinder binder = new ExpressionBinder(context, scope, null);
        List<Relation.SortKey> keys = new ArrayList<>();
        for (Query.SortItem item : items) {
            Integer place = position(item.expression(), relation.fields().size());
            Scalar key =
                    place == null
                            ? binder.bind(item.expression())
                            : new Scalar.Column(
                                    place,
                                    relation.fields().get(place).type(),
                                    relation.fields().get(place).name());
            keys.add(CallBinder.sortKey(item, key));
        }
        return new Relation.Sort(relation, keys);
    }

    /** The 0-based output column that a bare number means; null for any other expression. */
    static @Nullable Integer position(Expression expression, int columns) {
        if (!(expression instanceof Expression.NumberLiteral number)) {
            return null;
        }
        try {
            int place = Integer.parseInt(number.digits());
            if (place >= 1 && place <= columns) {
                return place - 1;
            }
        } catch (NumberFormatException fraction) {
            throw new SqlException(ErrorCode.SYNTAX_ERROR, "non-integer constant in ORDER BY")
                    .at(expression.position());
        }
        throw new SqlException(
                        ErrorCode.INVALID_COLUMN_REFERENCE,
                        "position " + number.digits() + " is not in select list")
                .at(expression.position());
    }

    private Relation limited(Relation relation, Query.Limit limit, @Nullable Scope around) {
        if (limit.withTies()) {
            throw SqlException.unsupported("FETCH FIRST ... WITH TIES");
        }
        return new Relation.Limit(
                relation,
                count(limit.count(), "LIMIT", around),
                count(limit.offset(), "OFFSET", around));
    }

    private @Nullable Scalar count(
            @Nullable Expression expression, String clause, @Nullable Scope around) {
        if (expression == null) {
            return null;
        }
        ExpressionBinder binder = new ExpressionBinder(context, new Scope(around, List.of()), null);
        Scalar value = binder.bind(expression);
        if (!value.type().kind().isNumber() && value.type().kind() != TypeKind.UNKNOWN) {
            throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "argument of "
                                    + clause
                                    + " must be type bigint, not type "
                                    + value.type())
                    .at(expression.position());
        }
        return binder.coercions().explicit(value, SqlType.BIGINT, expression.position());
    }
}
