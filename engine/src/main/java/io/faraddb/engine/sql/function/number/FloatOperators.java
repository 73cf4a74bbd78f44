package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;

/** Arithmetic of real and double precision: an overflow is 22003, not infinity. */
public final class FloatOperators implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        doubles(definitions);
        reals(definitions);
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
