package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;

/** Arithmetic of real and double precision: an overflow is 22003, not infinity. */
public final class FloatOperators implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        doubles(definitions);
        reals(definitions);
        mixed(definitions, "+", Floats::add);
        mixed(definitions, "-", (a, b) -> Floats.add(a, -b));
        mixed(definitions, "*", Floats::multiply);
        mixed(definitions, "/", Floats::divide);
    }

    /** A real with a double is two doubles. */
    private static void mixed(Definitions to, String symbol, DoubleBinaryOperator body) {
        for (String operands : List.of("(float4, float8)", "(float8, float4)")) {
            to.widened(
                    symbol + operands + " -> float8",
                    SqlType.DOUBLE,
                    (types, result) ->
                            (arguments, context) ->
                                    body.applyAsDouble(
                                            (Double) Objects.requireNonNull(arguments[0]),
                                            (Double) Objects.requireNonNull(arguments[1])));
        }
    }

    private static void doubles(Definitions to) {
        to.define("+(float8, float8) -> float8", (Double a, Double b) -> Floats.add(a, b));
        to.define("-(float8, float8) -> float8", (Double a, Double b) -> Floats.add(a, -b));
        to.define("*(float8, float8) -> float8", (Double a, Double b) -> Floats.multiply(a, b));
        to.define("/(float8, float8) -> float8", (Double a, Double b) -> Floats.divide(a, b));
        to.define("^(float8, float8) -> float8", (Double a, Double b) -> Floats.power(a, b));
        to.define("power(float8, float8) -> float8", (Double a, Double b) -> Floats.power(a, b));
        to.define("pow(float8, float8) -> float8", (Double a, Double b) -> Floats.power(a, b));
        to.define("+(float8) -> float8", (Double a) -> a);
        to.define("-(float8) -> float8", (Double a) -> -a);
        to.define("@(float8) -> float8", (Double a) -> Math.abs(a));
        to.define("abs(float8) -> float8", (Double a) -> Math.abs(a));
    }

    private static void reals(Definitions to) {
        to.define("+(float4, float4) -> float4", (Float a, Float b) -> Floats.add(a, b));
        to.define("-(float4, float4) -> float4", (Float a, Float b) -> Floats.add(a, -b));
        to.define("*(float4, float4) -> float4", (Float a, Float b) -> Floats.multiply(a, b));
        to.define("/(float4, float4) -> float4", (Float a, Float b) -> Floats.divide(a, b));
        to.define("+(float4) -> float4", (Float a) -> a);
        to.define("-(float4) -> float4", (Float a) -> -a);
        to.define("@(float4) -> float4", (Float a) -> Math.abs(a));
        to.define("abs(float4) -> float4", (Float a) -> Math.abs(a));
    }
}
