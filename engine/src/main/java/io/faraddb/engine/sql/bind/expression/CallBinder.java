package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Aggregate;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Expression.CallOptions;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Binds calls of functions, aggregates and set-returning functions. */
final class CallBinder {

    private final ExpressionBinder binder;

    CallBinder(ExpressionBinder binder) {
        this.binder = binder;
    }

    Scalar call(Expression.FunctionCall call) {
        String name = localName(call);
        if (call.options().window() != null) {
            throw SqlException.unsupported("window function").at(call.position());
        }
        if (binder.context().library().isAggregate(name)) {
            return aggregate(name, call);
        }
        refuseAggregateOptions(name, call);
        List<Scalar> arguments = binder.bindAll(call.arguments());
        if (binder.context().library().isSetFunction(name)) {
            return setFunction(name, arguments, call.position());
        }
        return function(name, arguments, call.position());
    }

    /** The name without its schema, which has to be one of PostgreSQL's own. */
    private String localName(Expression.FunctionCall call) {
        QualifiedName name = call.name();
        String schema = name.schema();
        boolean own =
                schema == null
                        || schema.equals("pg_catalog")
                        || schema.equals("information_schema");
        if (!own) {
            String arguments =
                    types(binder.bindAll(call.arguments())).stream()
                            .map(type -> type.unmodified().toString())
                            .collect(Collectors.joining(", "));
            throw new SqlException(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "function " + name + "(" + arguments + ") does not exist")
                    .hint(
                            "No function matches the given name and argument types."
                                    + " You might need to add explicit type casts.")
                    .at(call.position());
        }
        return name.name();
    }

    private static void refuseAggregateOptions(String name, Expression.FunctionCall call) {
        CallOptions options = call.options();
        String option = null;
        if (options.star()) {
            option = name + "(*) specified";
        } else if (options.distinct()) {
            option = "DISTINCT specified";
        } else if (options.withinGroup()) {
            option = "WITHIN GROUP specified";
        } else if (!options.orderBy().isEmpty()) {
            option = "ORDER BY specified";
        } else if (options.filter() != null) {
            option = "FILTER specified";
        }
        if (option != null) {
            throw new SqlException(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            option + ", but " + name + " is not an aggregate function")
                    .at(call.position());
        }
        if (options.variadic()) {
            throw SqlException.unsupported("VARIADIC").at(call.position());
        }
    }

    // Functions --------------------------------------------------------------------------------

    private static List<SqlType> types(List<Scalar> arguments) {
        return arguments.stream().map(Scalar::type).toList();
    }

    private Scalar function(String name, List<Scalar> arguments, int position) {
        Function function;
        try {
            function = binder.context().library().resolveFunction(name, types(arguments));
        } catch (SqlException unresolved) {
            throw unresolved.at(position);
        }
        return new Scalar.Call(function, coerced(arguments, function.parameters()));
    }

    private List<Scalar> coerced(List<Scalar> arguments, List<SqlType> parameters) {
        List<Scalar> coerced = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            SqlType parameter = parameters.get(Math.min(i, parameters.size() - 1));
            coerced.add(binder.coercions().implicitly(arguments.get(i), parameter));
        }
        return coerced;
    }

    private Scalar setFunction(String name, List<Scalar> arguments, int position) {
        SetFunction function = resolveSet(name, arguments, position);
        if (!binder.clause().allowsSetFunctions()) {
            throw ExpressionBinder.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "set-returning functions are not allowed in " + binder.clause().label(),
                    position);
        }
        Level.SetCall call = new Level.SetCall(function, coerced(arguments, function.parameters()));
        Scalar column = binder.context().at(binder.level().add(call), position);
        return binder.context().shaped(column, shape(function));
    }

    static @Nullable RecordShape shape(SetFunction function) {
        return function.columnTypes().size() == 1
                ? null
                : new RecordShape(function.columnNames(), function.columnTypes());
    }

    private SetFunction resolveSet(String name, List<Scalar> arguments, int position) {
        try {
            SetFunction function =
                    binder.context().library().resolveSetFunction(name, types(arguments));
            return Objects.requireNonNull(function);
        } catch (SqlException unresolved) {
            throw unresolved.at(position);
        }
    }

    // Aggregates -------------------------------------------------------------------------------

    private Scalar aggregate(String name, Expression.FunctionCall call) {
        int position = call.position();
        if (!binder.clause().allowsAggregates()) {
            String message =
                    binder.clause() == Clause.AGGREGATE
                            ? "aggregate function calls cannot be nested"
                            : "aggregate functions are not allowed in " + binder.clause().label();
            throw ExpressionBinder.error(ErrorCode.GROUPING_ERROR, message, position);
        }
        CallOptions options = call.options();
        if (options.withinGroup()) {
            throw SqlException.unsupported("WITHIN GROUP").at(position);
        }
        if (options.variadic()) {
            throw SqlException.unsupported("VARIADIC").at(position);
        }
        if (call.arguments().isEmpty() && !options.star()) {
            throw ExpressionBinder.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    name + "(*) must be used to call a parameterless aggregate function",
                    position);
        }
        ExpressionBinder inside = binder.in(Clause.AGGREGATE);
        List<Scalar> arguments = inside.bindAll(call.arguments());
        Aggregate aggregate = resolveAggregate(name, arguments, position);
        Expression filter = options.filter();
        Relation.AggregateCall bound =
                new Relation.AggregateCall(
                        aggregate,
                        coerced(arguments, aggregate.parameters()),
                        options.distinct(),
                        filter == null ? null : binder.in(Clause.FILTER).condition(filter),
                        order(options.orderBy(), inside));
        refuseOuterAggregate(bound, position);
        return binder.context().at(binder.level().add(bound), position);
    }

    private Aggregate resolveAggregate(String name, List<Scalar> arguments, int position) {
        try {
            return Objects.requireNonNull(
                    binder.context().library().resolveAggregate(name, types(arguments)));
        } catch (SqlException unresolved) {
            throw unresolved.at(position);
        }
    }

    /** An aggregate of columns of an enclosing query only would be that query's. */
    private static void refuseOuterAggregate(Relation.AggregateCall call, int position) {
        boolean[] own = new boolean[1];
        boolean[] outer = new boolean[1];
        Rewriter watcher =
                new Rewriter((scalar, depth) -> {
                    own[0] |= scalar instanceof Scalar.Column && depth == 0;
                    outer[0] |= scalar instanceof Scalar.Outer o && o.depth() > depth;
                    return null;
                });
        call.arguments().forEach(watcher::rewrite);
        if (outer[0] && !own[0]) {
            throw SqlException.unsupported("aggregate of an enclosing query").at(position);
        }
    }

    private static List<Relation.SortKey> order(
            List<Query.SortItem> items, ExpressionBinder inside) {
        List<Relation.SortKey> keys = new ArrayList<>();
        for (Query.SortItem item : items) {
            keys.add(sortKey(item, inside.bindTyped(item.expression())));
        }
        return keys;
    }

    /** A key with its direction, USING &lt; and &gt; understood. */
    static Relation.SortKey sortKey(Query.SortItem item, Scalar expression) {
        boolean descending = item.descending();
        if (item.using() != null) {
            descending =
                    switch (item.using().symbol()) {
                        case "<" -> false;
                        case ">" -> true;
                        default ->
                                throw new SqlException(
                                                ErrorCode.WRONG_OBJECT_TYPE,
                                                "operator "
                                                        + item.using()
                                                        + " is not a valid ordering operator")
                                        .hint(
                                                "Ordering operators must be \"<\" or \">\""
                                                        + " members of btree operator families.")
                                        .at(item.position());
                    };
        }
        boolean nullsFirst =
                switch (item.nulls()) {
                    case FIRST -> true;
                    case LAST -> false;
                    case DEFAULT -> descending;
                };
        return new Relation.SortKey(expression, descending, nullsFirst);
    }

    // GREATEST, CURRENT_DATE and their like ----------------------------------------------------

    Scalar extremum(Expression.Extremum extremum) {
        String name = extremum.greatest() ? "GREATEST" : "LEAST";
        List<Scalar> arguments = binder.bindAll(extremum.arguments());
        SqlType type = binder.unify(arguments, name, extremum.position());
        // There has to be an order to be the greatest by.
        binder.operators()
                .compare("<", arguments.getFirst(), arguments.getFirst(), extremum.position());
        TypeKind kind = type.kind();
        int sign = extremum.greatest() ? 1 : -1;
        return ExpressionBinder.internal(
                name.toLowerCase(Locale.ROOT),
                type,
                false,
                arguments,
                (values, calls) -> {
                    Object best = null;
                    for (Object value : values) {
                        boolean better =
                                value != null
                                        && (best == null
                                                || ValueOrder.compare(kind, value, best) * sign
                                                        > 0);
                        best = better ? value : best;
                    }
                    return best;
                });
    }

    Scalar sessionValue(Expression.SessionValue value) {
        int position = value.position();
        return switch (value.kind()) {
            case CURRENT_DATE -> binder.coercions().explicitly(now(value), SqlType.DATE, position);
            case CURRENT_TIMESTAMP -> now(value);
            case LOCALTIMESTAMP ->
                    binder.coercions().explicitly(now(value), SqlType.TIMESTAMP, position);
            case LOCALTIME -> binder.coercions().explicitly(now(value), SqlType.TIME, position);
            case CURRENT_TIME ->
                    throw SqlException.unsupported("type time with time zone")
                            .hint("Use LOCALTIME or CURRENT_TIMESTAMP.")
                            .at(position);
            case CURRENT_ROLE, CURRENT_USER, USER -> function("current_user", List.of(), position);
            case SESSION_USER -> function("session_user", List.of(), position);
            case CURRENT_CATALOG -> function("current_database", List.of(), position);
            case CURRENT_SCHEMA -> function("current_schema", List.of(), position);
        };
    }

    private Scalar now(Expression.SessionValue value) {
        Scalar now = function("now", List.of(), value.position());
        if (value.precision() < 0 || value.precision() >= 6) {
            return now;
        }
        long unit = Math.round(Math.pow(10, 6 - value.precision()));
        return ExpressionBinder.internal(
                "round_to_" + value.precision() + "_digits",
                SqlType.TIMESTAMPTZ,
                true,
                List.of(now),
                (values, calls) -> {
                    long micros = (Long) Objects.requireNonNull(values[0]);
                    return Math.floorDiv(micros + unit / 2, unit) * unit;
                });
    }
}
