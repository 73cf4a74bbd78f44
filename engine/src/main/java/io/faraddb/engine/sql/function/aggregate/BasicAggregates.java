package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.sql.function.number.Floats;
import io.faraddb.engine.sql.function.number.Integers;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.ValueOrder;
import java.util.List;

/** count, sum, avg, min, max and those that put values together. */
public final class BasicAggregates implements FunctionSource {

    private static final List<String> ORDERED =
            List.of(
                    "int8",
                    "int4",
                    "int2",
                    "oid",
                    "float4",
                    "float8",
                    "date",
                    "time",
                    "timestamp",
                    "timestamptz",
                    "interval",
                    "text",
                    "numeric",
                    "anyarray",
                    "bpchar");

    @Override
    public void define(Definitions definitions) {
        definitions.aggregate("count() -> int8", Count::new);
        definitions.aggregate("count(any) -> int8", Count::new);
        sums(definitions);
        extremes(definitions);
        logical(definitions);
        bits(definitions);
        collections(definitions);
    }

    private static void sums(Definitions to) {
        to.aggregate("sum(int2) -> int8", BasicAggregates::longSum);
        to.aggregate("sum(int4) -> int8", BasicAggregates::longSum);
        to.aggregate("sum(int8) -> numeric", () -> new NumberSum(false));
        to.aggregate("sum(numeric) -> numeric", () -> new NumberSum(false));
        to.aggregate("sum(float4) -> float4", () -> new Fold<Float>(Floats::add));
        to.aggregate("sum(float8) -> float8", () -> new Fold<Double>(Floats::add));
        to.aggregate("avg(int2) -> numeric", () -> new NumberSum(true));
        to.aggregate("avg(int4) -> numeric", () -> new NumberSum(true));
        to.aggregate("avg(int8) -> numeric", () -> new NumberSum(true));
        to.aggregate("avg(numeric) -> numeric", () -> new NumberSum(true));
    }

    private static Fold<Long> longSum() {
        return new Fold<>((a, b) -> Integers.add(TypeKind.BIGINT, a, b));
    }

    private static void extremes(Definitions to) {
        for (String type : ORDERED) {
            to.typedAggregate("min(" + type + ") -> " + type, types -> extreme(types, -1));
            to.typedAggregate("max(" + type + ") -> " + type, types -> extreme(types, 1));
        }
    }

    private static Fold<Object> extreme(List<SqlType> types, int sign) {
        TypeKind kind = types.getFirst().kind();
        return new Fold<>((a, b) -> ValueOrder.compare(kind, a, b) * sign >= 0 ? a : b);
    }

    private static void logical(Definitions to) {
        to.aggregate("bool_and(bool) -> bool", () -> new Fold<Boolean>(Boolean::logicalAnd));
        to.aggregate("every(bool) -> bool", () -> new Fold<Boolean>(Boolean::logicalAnd));
        to.aggregate("bool_or(bool) -> bool", () -> new Fold<Boolean>(Boolean::logicalOr));
    }

    private static void bits(Definitions to) {
        for (String type : List.of("int2", "int4", "int8")) {
            String signature = "(" + type + ") -> " + type;
            to.aggregate("bit_and" + signature, () -> new Fold<Long>((a, b) -> a & b));
            to.aggregate("bit_or" + signature, () -> new Fold<Long>((a, b) -> a | b));
            to.aggregate("bit_xor" + signature, () -> new Fold<Long>((a, b) -> a ^ b));
        }
    }

    private static void collections(Definitions to) {
        to.aggregate("string_agg(text, text) -> text", StringAggregate.OfText::new);
        to.aggregate("string_agg(bytea, bytea) -> bytea", StringAggregate.OfBytes::new);
        to.aggregate("array_agg(anynonarray) -> anyarray", () -> new ArrayAggregate(false));
        to.aggregate("array_agg(anyarray) -> anyarray", () -> new ArrayAggregate(true));
    }
}
