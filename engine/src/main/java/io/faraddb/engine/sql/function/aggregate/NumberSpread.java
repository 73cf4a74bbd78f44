package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import io.faraddb.engine.sql.function.number.Numerics;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Variance and standard deviation of integers and numerics, exact until the last division. */
final class NumberSpread implements Accumulator {

    private final Spread spread;
    private long count;
    private BigDecimal sum = BigDecimal.ZERO;
    private BigDecimal squares = BigDecimal.ZERO;

    NumberSpread(Spread spread) {
        this.spread = spread;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
        switch (arguments[0]) {
            case Long number -> add(BigDecimal.valueOf(number));
            case BigDecimal number -> add(number);
            case null, default -> {}
        }
    }

    private void add(BigDecimal number) {
        count++;
        sum = Numerics.add(sum, number);
        squares = squares.add(number.multiply(number));
    }

    @Override
    public @Nullable Object result() {
        if (count < spread.rowsMin()) {
            return null;
        }
        BigDecimal rows = BigDecimal.valueOf(count);
        BigDecimal numerator = rows.multiply(squares).subtract(sum.multiply(sum));
        if (numerator.signum() <= 0) {
            return BigDecimal.ZERO;
        }
        BigDecimal divisor = rows.multiply(BigDecimal.valueOf(spread.divisor(count)));
        BigDecimal variance = Numerics.divide(numerator, divisor);
        return spread.isDeviation() ? Numerics.squareRoot(variance, variance.scale()) : variance;
    }

    @Override
    public boolean merge(Accumulator other) {
        NumberSpread spreadOther = (NumberSpread) other;
        count += spreadOther.count;
        sum = sum.add(spreadOther.sum);
        squares = squares.add(spreadOther.squares);
        return true;
    }
}
