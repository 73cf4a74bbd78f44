package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.sql.function.aggregate.DoubleStatistics.Result;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import java.util.List;

/** Averages of floating point numbers, variance, deviation, correlation and regression. */
public final class StatisticalAggregates implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        for (String type : List.of("float4", "float8")) {
            definitions.aggregate(
                    "avg(" + type + ") -> float8",
                    () ->
                            DoubleStatistics.ofOne(
                                    DoubleStatistics.atLeast(1, DoubleStatistics::averageX)));
        }
        spread(definitions, "var_pop", Spread.VARIANCE_OF_POPULATION);
        spread(definitions, "var_samp", Spread.VARIANCE_OF_SAMPLE);
        spread(definitions, "variance", Spread.VARIANCE_OF_SAMPLE);
        spread(definitions, "stddev_pop", Spread.DEVIATION_OF_POPULATION);
        spread(definitions, "stddev_samp", Spread.DEVIATION_OF_SAMPLE);
        spread(definitions, "stddev", Spread.DEVIATION_OF_SAMPLE);
        sums(definitions);
        ratios(definitions);
    }

    private static void spread(Definitions to, String name, Spread spread) {
        for (String type : List.of("int2", "int4", "int8", "numeric")) {
            to.aggregate(name + "(" + type + ") -> numeric", () -> new NumberSpread(spread));
        }
        for (String type : List.of("float4", "float8")) {
            to.aggregate(
                    name + "(" + type + ") -> float8",
                    () -> DoubleStatistics.ofOne(DoubleStatistics.spread(spread)));
        }
    }

    private static void pair(Definitions to, String name, Result result) {
        to.aggregate(name + "(float8, float8) -> float8", () -> DoubleStatistics.ofPairs(result));
    }

    private static void sums(Definitions to) {
        to.aggregate(
                "regr_count(float8, float8) -> int8",
                () -> DoubleStatistics.ofPairs(sums -> (long) sums.count()));
        pair(to, "regr_sxx", DoubleStatistics.atLeast(1, DoubleStatistics::squaresX));
        pair(to, "regr_syy", DoubleStatistics.atLeast(1, DoubleStatistics::squaresY));
        pair(to, "regr_sxy", DoubleStatistics.atLeast(1, DoubleStatistics::products));
        pair(to, "regr_avgx", DoubleStatistics.atLeast(1, DoubleStatistics::averageX));
        pair(to, "regr_avgy", DoubleStatistics.atLeast(1, DoubleStatistics::averageY));
        pair(to, "covar_pop", DoubleStatistics.atLeast(1, sums -> sums.products() / sums.count()));
        pair(
                to,
                "covar_samp",
                DoubleStatistics.atLeast(2, sums -> sums.products() / (sums.count() - 1)));
    }

    private static void ratios(Definitions to) {
        pair(to, "corr", sums -> sums.count() < 1 ? null : sums.correlation());
        pair(to, "regr_r2", sums -> sums.count() < 1 ? null : sums.determination());
        pair(to, "regr_slope", sums -> sums.count() < 1 ? null : sums.slope());
        pair(to, "regr_intercept", sums -> sums.count() < 1 ? null : sums.intercept());
    }
}
