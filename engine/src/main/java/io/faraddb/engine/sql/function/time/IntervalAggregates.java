package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.Interval;
import org.jspecify.annotations.Nullable;

/** sum and avg of intervals. */
public final class IntervalAggregates implements FunctionSource {

    @Override
    public void define(Definitions to) {
        to.aggregate("sum(interval) -> interval", () -> new Sum(false));
        to.aggregate("avg(interval) -> interval", () -> new Sum(true));
    }

    private static final class Sum implements Accumulator {
        private final boolean average;
        private Interval sum = new Interval(0, 0, 0);
        private long count;

        Sum(boolean average) {
            this.average = average;
        }

        @Override
        public void add(@Nullable Object[] arguments) {
            if (arguments[0] instanceof Interval span) {
                sum = Intervals.add(sum, span);
                count++;
            }
        }

        @Override
        public @Nullable Object result() {
            if (count == 0) {
                return null;
            }
            return average ? Intervals.divide(sum, count) : sum;
        }

        @Override
        public boolean merge(Accumulator other) {
            sum = Intervals.add(sum, ((Sum) other).sum);
            count += ((Sum) other).count;
            return true;
        }
    }
}
