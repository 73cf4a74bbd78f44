package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import java.util.function.DoubleUnaryOperator;

/** Mathematical functions of double precision, and random numbers. */
public final class FloatFunctions implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        rounding(definitions);
        powers(definitions);
        trigonometry(definitions);
        hyperbolic(definitions);
        degrees(definitions);
        random(definitions);
    }

    private static void one(Definitions to, String name, DoubleUnaryOperator body) {
        to.define(name + "(float8) -> float8", (Double a) -> body.applyAsDouble(a));
    }

    private static void rounding(Definitions to) {
        one(to, "ceil", Math::ceil);
        one(to, "ceiling", Math::ceil);
        one(to, "floor", Math::floor);
        one(to, "round", Math::rint);
        one(to, "trunc", a -> a < 0 ? Math.ceil(a) : Math.floor(a));
        one(to, "sign", a -> a > 0 ? 1 : a < 0 ? -1 : 0);
    }

    private static void powers(Definitions to) {
        one(to, "sqrt", FloatFunctions::squareRoot);
        one(to, "|/", FloatFunctions::squareRoot);
        one(to, "cbrt", Math::cbrt);
        one(to, "||/", Math::cbrt);
        one(to, "exp", FloatFunctions::exponential);
        one(to, "ln", a -> Math.log(checkLogarithm(a)));
        one(to, "log", a -> Math.log10(checkLogarithm(a)));
        one(to, "log10", a -> Math.log10(checkLogarithm(a)));
    }

    private static double squareRoot(double a) {
        if (a < 0) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_POWER,
                    "cannot take square root of a negative number");
        }
        return Math.sqrt(a);
    }

    private static double exponential(double a) {
        double result = Math.exp(a);
        if (Double.isFinite(a)) {
            if (Double.isInfinite(result)) {
                throw Floats.overflow();
            }
            if (result == 0) {
                throw Floats.underflow();
            }
        }
        return result;
    }

    private static double checkLogarithm(double a) {
        if (a == 0) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of zero");
        }
        if (a < 0) {
            throw new SqlException(
                    ErrorCode.INVALID_ARGUMENT_FOR_LOGARITHM,
                    "cannot take logarithm of a negative number");
        }
        return a;
    }

    private static SqlException outOfRange() {
        return new SqlException(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
    }

    static double within(double a, double low, double high) {
        if (a < low || a > high) {
            throw outOfRange();
        }
        return a;
    }

    private static double finite(double a) {
        if (Double.isInfinite(a)) {
            throw outOfRange();
        }
        return a;
    }

    private static void trigonometry(Definitions to) {
        one(to, "sin", a -> Math.sin(finite(a)));
        one(to, "cos", a -> Math.cos(finite(a)));
        one(to, "tan", a -> Math.tan(finite(a)));
        one(to, "cot", a -> 1 / Math.tan(finite(a)));
        one(to, "asin", a -> Math.asin(within(a, -1, 1)));
        one(to, "acos", a -> Math.acos(within(a, -1, 1)));
        one(to, "atan", Math::atan);
        to.define("atan2(float8, float8) -> float8", (Double y, Double x) -> Math.atan2(y, x));
    }

    private static void hyperbolic(Definitions to) {
        one(to, "sinh", Math::sinh);
        one(to, "cosh", Math::cosh);
        one(to, "tanh", Math::tanh);
        one(to, "asinh", FloatFunctions::inverseSinh);
        one(to, "acosh", a -> inverseCosh(within(a, 1, Double.POSITIVE_INFINITY)));
        one(to, "atanh", a -> Math.log1p(2 * a / (1 - within(a, -1, 1))) / 2);
    }

    private static double inverseSinh(double a) {
        double size = Math.abs(a);
        if (size > 1e8 || Double.isNaN(a)) {
            return Math.copySign(Math.log(size) + Math.log(2), a);
        }
        double square = size * size;
        return Math.copySign(Math.log1p(size + square / (1 + Math.sqrt(square + 1))), a);
    }

    private static double inverseCosh(double a) {
        if (a > 1e8) {
            return Math.log(a) + Math.log(2);
        }
        double above = a - 1;
        return Math.log1p(above + Math.sqrt(2 * above + above * above));
    }

    private static void degrees(Definitions to) {
        to.define("pi() -> float8", () -> Math.PI);
        one(to, "degrees", a -> Floats.divide(a, Degrees.RADIANS_PER_DEGREE));
        one(to, "radians", a -> Floats.multiply(a, Degrees.RADIANS_PER_DEGREE));
        one(to, "sind", a -> Degrees.sine(finite(a)));
        one(to, "cosd", a -> Degrees.cosine(finite(a)));
        one(to, "tand", a -> Degrees.tangent(finite(a)));
        one(to, "cotd", a -> Degrees.cotangent(finite(a)));
        one(to, "asind", a -> Degrees.arcSine(within(a, -1, 1)));
        one(to, "acosd", a -> Degrees.arcCosine(within(a, -1, 1)));
        one(to, "atand", Degrees::arcTangent);
        to.define(
                "atan2d(float8, float8) -> float8",
                (Double y, Double x) ->
                        Math.atan2(y, x) / Degrees.ARC_TANGENT_OF_ONE * Degrees.HALF_RIGHT_ANGLE);
    }

    private static void random(Definitions to) {
        to.general(
                "random() -> float8 volatile",
                (arguments, context) -> context.random().nextDouble());
        to.typed(
                "setseed(float8) -> void volatile",
                (types, result) -> {
                    throw SqlException.unsupported("setseed()");
                });
        to.general(
                "gen_random_uuid() -> uuid volatile",
                (arguments, context) -> Uuids.random(context.random()));
    }
}
