package io.faraddb.engine.sql.function.builtin;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.ValueOrder;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code = <> < <= > >=} between two values of one type. What PostgreSQL compares across types goes
 * by an implicit cast to the wider one here.
 */
final class ComparisonOperators implements FunctionSource {

    private static final List<String> TYPES =
            List.of(
                    "bool",
                    "bytea",
                    "\"char\"",
                    "name",
                    "int8",
                    "int4",
                    "int2",
                    "text",
                    "oid",
                    "float4",
                    "float8",
                    "bpchar",
                    "date",
                    "time",
                    "timestamp",
                    "timestamptz",
                    "interval",
                    "numeric",
                    "record",
                    "anyarray",
                    "uuid");

    private static final Map<String, IntPredicate> TESTS =
            Map.of(
                    "=", order -> order == 0,
                    "<>", order -> order != 0,
                    "<", order -> order < 0,
                    "<=", order -> order <= 0,
                    ">", order -> order > 0,
                    ">=", order -> order >= 0);

    @Override
    public void define(Definitions definitions) {
        TYPES.forEach(type -> define(definitions, type));
        mixed(definitions);
        compare(definitions, "=", "xid", order -> order == 0);
        compare(definitions, "<>", "xid", order -> order != 0);
    }

    private static void define(Definitions to, String type) {
        TESTS.forEach((symbol, holds) -> compare(to, symbol, type, holds));
    }

    /** A real is compared with a double as a double. */
    private static void mixed(Definitions to) {
        for (String operands : List.of("(float4, float8)", "(float8, float4)")) {
            TESTS.forEach((symbol, holds) ->
                    to.widened(
                            symbol + operands + " -> bool",
                            SqlType.DOUBLE,
                            (types, result) -> body(TypeKind.DOUBLE, holds)));
        }
    }

    private static void compare(Definitions to, String symbol, String type, IntPredicate holds) {
        to.typed(
                symbol + "(" + type + ", " + type + ") -> bool",
                (parameters, result) -> body(kind(parameters), holds));
    }

    private static Function.Body body(TypeKind kind, IntPredicate holds) {
        return (arguments, context) ->
                holds.test(ValueOrder.compare(kind, value(arguments[0]), value(arguments[1])));
    }

    private static TypeKind kind(List<SqlType> parameters) {
        return parameters.get(0).kind();
    }

    private static Object value(@Nullable Object argument) {
        return Invariant.notNull(argument, "a strict function has no null argument");
    }
}
