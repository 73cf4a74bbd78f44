package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** Mathematical functions of numeric. */
public final class NumericFunctions implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        rounding(definitions);
        transcendentals(definitions);
        scales(definitions);
        WidthBucket.define(definitions);
    }

    private static void rounding(Definitions to) {
        for (String name : List.of("ceil", "ceiling")) {
            to.define(
                    name + "(numeric) -> numeric",
                    (BigDecimal a) -> a.setScale(0, RoundingMode.CEILING));
        }
        to.define("floor(numeric) -> numeric", (BigDecimal a) -> a.setScale(0, RoundingMode.FLOOR));
        to.define("round(numeric) -> numeric", (BigDecimal a) -> NumericMath.round(a, 0));
        to.define("trunc(numeric) -> numeric", (BigDecimal a) -> NumericMath.truncate(a, 0));
        to.define(
                "round(numeric, int4) -> numeric",
                (BigDecimal a, Long digits) -> NumericMath.round(a, digits));
        to.define(
                "trunc(numeric, int4) -> numeric",
                (BigDecimal a, Long digits) -> NumericMath.truncate(a, digits));
        to.define("sign(numeric) -> numeric", (BigDecimal a) -> BigDecimal.valueOf(a.signum()));
    }

    private static void transcendentals(Definitions to) {
        to.define("sqrt(numeric) -> numeric", (BigDecimal a) -> NumericMath.squareRoot(a));
        to.define("exp(numeric) -> numeric", (BigDecimal a) -> NumericMath.exponential(a));
        to.define("ln(numeric) -> numeric", (BigDecimal a) -> NumericMath.naturalLogarithm(a));
        for (String name : List.of("log", "log10")) {
            to.define(
                    name + "(numeric) -> numeric",
                    (BigDecimal a) -> NumericMath.logarithm(BigDecimal.TEN, a));
        }
        to.define(
                "log(numeric, numeric) -> numeric",
                (BigDecimal base, BigDecimal a) -> NumericMath.logarithm(base, a));
        for (String name : List.of("^", "power", "pow")) {
            to.define(
                    name + "(numeric, numeric) -> numeric",
                    (BigDecimal base, BigDecimal exponent) -> NumericMath.power(base, exponent));
        }
        to.define("factorial(int8) -> numeric", (Long n) -> NumericMath.factorial(n));
        to.define(
                "gcd(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> NumericMath.greatestDivisor(a, b));
        to.define(
                "lcm(numeric, numeric) -> numeric",
                (BigDecimal a, BigDecimal b) -> NumericMath.leastMultiple(a, b));
    }

    private static void scales(Definitions to) {
        to.define("scale(numeric) -> int4", (BigDecimal a) -> (long) a.scale());
        to.define("min_scale(numeric) -> int4", (BigDecimal a) -> (long) trimmed(a).scale());
        to.define("trim_scale(numeric) -> numeric", (BigDecimal a) -> trimmed(a));
    }

    private static BigDecimal trimmed(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
