package io.faraddb.engine.sql.function.builtin;

import io.faraddb.engine.sql.function.aggregate.BasicAggregates;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.function.number.FloatOperators;
import io.faraddb.engine.sql.function.number.IntegerOperators;
import io.faraddb.engine.sql.function.number.NumericOperators;
import java.util.List;

/** The functions of PostgreSQL that FaradDB has, but for those that know the system catalog. */
public final class BuiltIns {

    public static final FunctionLibrary LIBRARY =
            new FunctionLibrary(
                    List.of(
                            new ComparisonOperators(),
                            new IntegerOperators(),
                            new FloatOperators(),
                            new NumericOperators(),
                            new BasicAggregates()));

    private BuiltIns() {}
}
