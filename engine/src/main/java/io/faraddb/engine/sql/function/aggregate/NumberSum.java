package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import io.faraddb.engine.sql.function.number.Numerics;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Sum and count of integers or numerics, without an upper limit; sum or average as numeric. */
final class NumberSum implements Accumulator {

    private final boolean average;
    private long count;
    // Longs are added up here as long as they fit.
    private long small;
    private BigDecimal large = BigDecimal.ZERO;

    NumberSum(boolean average) {
        this.average = average;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
        switch (arguments[0]) {
            case Long number -> {
                addLong(number);
                count++;
            }
            case BigDecimal number -> {
                large = Numerics.add(large, number);
                count++;
            }
            case null, default -> {}
        }
    }

    private void addLong(long number) {
        long sum = small + number;
        if (((small ^ sum) & (number ^ sum)) < 0) {
            large = large.add(BigDecimal.valueOf(small)).add(BigDecimal.valueOf(number));
            small = 0;
        } else {
            small = sum;
        }
    }

    @Override
    public @Nullable Object result() {
        if (count == 0) {
            return null;
        }
        BigDecimal sum = Numerics.add(large, BigDecimal.valueOf(small));
        return average ? Numerics.divide(sum, BigDecimal.valueOf(count)) : sum;
    }

    @Override
    public boolean merge(Accumulator other) {
        NumberSum sum = (NumberSum) other;
        addLong(sum.small);
        large = Numerics.add(large, sum.large);
        count += sum.count;
        return true;
    }
}
