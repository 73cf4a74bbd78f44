package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import java.math.BigDecimal;

/** Arithmetic of numeric. */
public final class NumericOperators implements FunctionSource {

    @Override
    public void define(Definitions to) {
        to.define(
                "+(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> Numerics.add(a, b));
        to.define(
                "-(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> Numerics.add(a, b.negate()));
        to.define(
                "*(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> Numerics.multiply(a, b));
        to.define(
                "/(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> Numerics.divide(a, b));
        to.define(
                "%(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> Numerics.remainder(a, b));
        to.define(
                "mod(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> Numerics.remainder(a, b));
        to.define(
                "div(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> Numerics.divideWhole(a, b));
        to.define("+(numeric) -> numeric", (BigDecimal a) -> a);
        to.define("-(numeric) -> numeric", (BigDecimal a) -> a.negate());
        to.define("@(numeric) -> numeric", (BigDecimal a) -> a.abs());
        to.define("abs(numeric) -> numeric", (BigDecimal a) -> a.abs());
    }
}
