package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.TypeKind;

/** Arithmetic of integers: what does not fit is 22003. */
public final class IntegerOperators implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        define(definitions, TypeKind.SMALLINT, "int2");
        define(definitions, TypeKind.INTEGER, "int4");
        define(definitions, TypeKind.BIGINT, "int8");
        smallShifts(definitions);
        shifts(definitions);
        gcd(definitions, TypeKind.INTEGER, "int4");
        gcd(definitions, TypeKind.BIGINT, "int8");
    }

    private static void define(Definitions to, TypeKind kind, String type) {
        String binary = "(" + type + ", " + type + ") -> " + type;
        String unary = "(" + type + ") -> " + type;
        to.define("+" + binary, (Long a, Long b) -> Integers.add(kind, a, b));
        to.define("-" + binary, (Long a, Long b) -> Integers.subtract(kind, a, b));
        to.define("*" + binary, (Long a, Long b) -> Integers.multiply(kind, a, b));
        to.define("/" + binary, (Long a, Long b) -> Integers.divide(kind, a, b));
        to.define("%" + binary, (Long a, Long b) -> Integers.remainder(a, b));
        to.define("mod" + binary, (Long a, Long b) -> Integers.remainder(a, b));
        to.define("+" + unary, (Long a) -> a);
        to.define("-" + unary, (Long a) -> Integers.subtract(kind, 0L, a));
        to.define("@" + unary, (Long a) -> Integers.absolute(kind, a));
        to.define("abs" + unary, (Long a) -> Integers.absolute(kind, a));
        to.define("&" + binary, (Long a, Long b) -> a & b);
        to.define("|" + binary, (Long a, Long b) -> a | b);
        to.define("#" + binary, (Long a, Long b) -> a ^ b);
        to.define("~" + unary, (Long a) -> ~a);
    }

    /** As the C that PostgreSQL is written in: in 32 bits, then cut to 16. */
    private static void smallShifts(Definitions to) {
        to.define("<<(int2, int4) -> int2", (Long a, Long b) -> (long) (short) (a.intValue() << b));
        to.define(">>(int2, int4) -> int2", (Long a, Long b) -> (long) (short) (a.intValue() >> b));
    }

    private static void shifts(Definitions to) {
        to.define("<<(int4, int4) -> int4", (Long a, Long b) -> (long) (a.intValue() << b));
        to.define(">>(int4, int4) -> int4", (Long a, Long b) -> (long) (a.intValue() >> b));
        to.define("<<(int8, int4) -> int8", (Long a, Long b) -> a << b);
        to.define(">>(int8, int4) -> int8", (Long a, Long b) -> a >> b);
    }

    private static void gcd(Definitions to, TypeKind kind, String type) {
        String binary = "(" + type + ", " + type + ") -> " + type;
        to.define("gcd" + binary, (Long a, Long b) -> Integers.greatestDivisor(kind, a, b));
        to.define("lcm" + binary, (Long a, Long b) -> Integers.leastMultiple(kind, a, b));
    }
}
