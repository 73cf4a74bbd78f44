package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.Aggregate;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds calls: functions, aggregates, set-returning functions, and what looks into arrays. */
final class CallBinder {

    private final BindContext context;
    private final ExpressionBinder expressions;
    private final @Nullable Gathered gathered;

    CallBinder(BindContext context, ExpressionBinder expressions, @Nullable Gathered gathered) {
        this.context = context;
        this.expressions = expressions;
        this.gathered = gathered;
    }

    Scalar bind(Expression.FunctionCall call) {
        FunctionLibrary functions = context.functions();
        String name = call.name().name();
        if (call.options().window() != null) {
            throw SqlException.unsupported("a window function (OVER)").at(call.position());
        }
        if (functions.isAggregate(name)) {
            return aggregate(name, call);
        }
        Expression.CallOptions options = call.options();
        if (options.star()
                || options.distinct()
                || options.filter() != null
                || !options.orderBy().isEmpty()) {
            throw new SqlException(
                            ErrorCode.WRONG_OBJECT_TYPE, name + " is not an aggregate function")
                    .at(call.position());
        }
        List<Scalar> arguments = expressions.bindAll(call.arguments());
        if (functions.isSetFunction(name)) {
            SetFunction set =
                    functions.resolveSetFunction(
                            name, arguments.stream().map(Scalar::type).toList());
            if (set != null) {
                return set(set, arguments, call.position());
            }
        }
        return expressions.function(name, arguments, call.position());
    }

    private Scalar set(SetFunction set, List<Scalar> arguments, int position) {
        if (gathered == null || !gathered.setsAllowed()) {
            throw new SqlException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "set-returning functions are not allowed here")
                    .at(position);
        }
        return gathered.set(set, coerced(arguments, set.parameters(), position));
    }

    List<Scalar> coerced(List<Scalar> arguments, List<SqlType> types, int position) {
        List<Scalar> coerced = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            coerced.add(expressions.coercions().implicit(arguments.get(i), types.get(i), position));
        }
        return coerced;
    }

    private Scalar aggregate(String name, Expression.FunctionCall call) {
        Gathered into = gathered;
        if (into == null || !into.aggregatesAllowed()) {
            throw new SqlException(
                            ErrorCode.GROUPING_ERROR,
                            into == null
                                    ? "aggregate functions are not allowed here"
                                    : "aggregate function calls cannot be nested")
                    .at(call.position());
        }
        Expression.CallOptions options = call.options();
        if (options.withinGroup()) {
            throw SqlException.unsupported("WITHIN GROUP").at(call.position());
        }
        into.allow(false, false);
        try {
            List<Scalar> arguments =
                    options.star() ? List.of() : expressions.bindAll(call.arguments());
            Aggregate aggregate = resolve(name, arguments, call.position());
            Expression filter = options.filter();
            List<Relation.SortKey> order = options.orderBy().stream().map(this::sortKey).toList();
            return into.aggregate(
                    new Relation.AggregateCall(
                            aggregate,
                            coerced(arguments, aggregate.parameters(), call.position()),
                            options.distinct(),
                            filter == null ? null : expressions.condition(filter, "FILTER"),
                            order));
        } finally {
            into.allow(true, true);
        }
    }

    private Aggregate resolve(String name, List<Scalar> arguments, int position) {
        try {
            return Invariant.notNull(
                    context.functions()
                            .resolveAggregate(name, arguments.stream().map(Scalar::type).toList()),
                    "an aggregate's name has a function");
        } catch (SqlException refused) {
            throw refused.position() == 0 ? refused.at(position) : refused;
        }
    }

    Relation.SortKey sortKey(Query.SortItem item) {
        Scalar key =
                expressions.coercions().known(expressions.bind(item.expression()), item.position());
        return sortKey(item, key);
    }

    static Relation.SortKey sortKey(Query.SortItem item, Scalar key) {
        boolean descending = item.descending();
        var using = item.using();
        if (using != null) {
            descending = using.symbol().equals(">");
        }
        boolean nullsFirst =
                switch (item.nulls()) {
                    case FIRST -> true;
                    case LAST -> false;
                    case DEFAULT -> descending;
                };
        return new Relation.SortKey(key, descending, nullsFirst);
    }

    Scalar sessionValue(Expression.SessionValue value) {
        int position = value.position();
        return switch (value.kind()) {
            case CURRENT_TIMESTAMP -> now(SqlType.TIMESTAMPTZ, position);
            case LOCALTIMESTAMP -> now(SqlType.TIMESTAMP, position);
            case CURRENT_DATE -> now(SqlType.DATE, position);
            case LOCALTIME -> now(SqlType.TIME, position);
            case CURRENT_TIME ->
                    throw SqlException.unsupported("CURRENT_TIME (time with time zone)")
                            .hint("Use LOCALTIME.")
                            .at(position);
            case CURRENT_ROLE, CURRENT_USER, USER ->
                    expressions.function("current_user", List.of(), position);
            case SESSION_USER -> expressions.function("session_user", List.of(), position);
            case CURRENT_CATALOG -> expressions.function("current_database", List.of(), position);
            case CURRENT_SCHEMA -> expressions.function("current_schema", List.of(), position);
        };
    }

    private Scalar now(SqlType type, int position) {
        Scalar now = expressions.function("now", List.of(), position);
        return expressions.coercions().explicit(now, type, position);
    }

    Scalar subscript(Expression.Subscript subscript) {
        int position = subscript.position();
        Scalar array = expressions.bind(subscript.operand());
        SqlType element = array.type().element();
        if (element == null) {
            throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "cannot subscript type "
                                    + array.type()
                                    + " because it does not support subscripting")
                    .at(position);
        }
        Scalar index =
                expressions
                        .coercions()
                        .explicit(expressions.bind(subscript.index()), SqlType.INTEGER, position);
        Function function =
                new Function(
                        "subscript",
                        List.of(array.type(), SqlType.INTEGER),
                        element,
                        true,
                        Function.Volatility.IMMUTABLE,
                        (arguments, unused) ->
                                element((List<?>) present(arguments[0]), present(arguments[1])));
        return new Scalar.Call(function, List.of(array, index));
    }

    private static Object present(@Nullable Object argument) {
        return Invariant.notNull(argument, "a strict function's argument is not null");
    }

    private static @Nullable Object element(List<?> array, Object index) {
        long place = (Long) index;
        return place < 1 || place > array.size() ? null : array.get((int) place - 1);
    }

    /** {@code (f(x)).field}: a column of a set-returning function's rows. */
    Scalar field(Expression.FieldSelection selection) {
        Gathered into = gathered;
        if (into != null && selection.operand() instanceof Expression.FunctionCall call) {
            int before = into.sets().size();
            Scalar operand = bind(call);
            if (into.sets().size() > before) {
                SetFunction function = into.sets().getLast().function();
                int place = function.columnNames().indexOf(selection.field());
                if (place >= 0 && operand.type().kind() == TypeKind.RECORD) {
                    return fieldOf(operand, place, function.columnTypes().get(place));
                }
            }
        }
        throw SqlException.unsupported("a field of a composite value").at(selection.position());
    }

    private static Scalar fieldOf(Scalar row, int place, SqlType type) {
        Function function =
                new Function(
                        "field",
                        List.of(SqlType.RECORD),
                        type,
                        true,
                        Function.Volatility.IMMUTABLE,
                        (arguments, unused) -> ((List<?>) present(arguments[0])).get(place));
        return new Scalar.Call(function, List.of(row));
    }
}
