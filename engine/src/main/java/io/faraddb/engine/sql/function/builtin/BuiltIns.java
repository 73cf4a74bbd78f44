package io.faraddb.engine.sql.function.builtin;

import io.faraddb.engine.sql.function.aggregate.BasicAggregates;
import io.faraddb.engine.sql.function.aggregate.StatisticalAggregates;
import io.faraddb.engine.sql.function.array.ArrayFunctions;
import io.faraddb.engine.sql.function.array.SeriesFunctions;
import io.faraddb.engine.sql.function.array.TextArrayFunctions;
import io.faraddb.engine.sql.function.format.FormatFunctions;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.function.number.FloatFunctions;
import io.faraddb.engine.sql.function.number.FloatOperators;
import io.faraddb.engine.sql.function.number.IntegerOperators;
import io.faraddb.engine.sql.function.number.NumericFunctions;
import io.faraddb.engine.sql.function.number.NumericOperators;
import io.faraddb.engine.sql.function.text.ByteFunctions;
import io.faraddb.engine.sql.function.text.ConcatenationFunctions;
import io.faraddb.engine.sql.function.text.PatternOperators;
import io.faraddb.engine.sql.function.text.RegularExpressionFunctions;
import io.faraddb.engine.sql.function.text.StringFunctions;
import io.faraddb.engine.sql.function.time.ClockFunctions;
import io.faraddb.engine.sql.function.time.IntervalAggregates;
import io.faraddb.engine.sql.function.time.TimeConstructors;
import io.faraddb.engine.sql.function.time.TimeOperators;
import io.faraddb.engine.sql.function.time.TimePartFunctions;
import java.util.List;

/** The functions of PostgreSQL that FaradDB has, but for those that know the system catalog. */
public final class BuiltIns {

    public static final FunctionLibrary LIBRARY =
            new FunctionLibrary(
                    List.of(
                            new ComparisonOperators(),
                            new ConditionalFunctions(),
                            new IntegerOperators(),
                            new FloatOperators(),
                            new NumericOperators(),
                            new StringFunctions(),
                            new ConcatenationFunctions(),
                            new PatternOperators(),
                            new RegularExpressionFunctions(),
                            new ByteFunctions(),
                            new TimeOperators(),
                            new TimePartFunctions(),
                            new TimeConstructors(),
                            new ClockFunctions(),
                            new ArrayFunctions(),
                            new TextArrayFunctions(),
                            new SeriesFunctions(),
                            new NumericFunctions(),
                            new FloatFunctions(),
                            new FormatFunctions(),
                            new BasicAggregates(),
                            new StatisticalAggregates(),
                            new IntervalAggregates()));

    private BuiltIns() {}
}
