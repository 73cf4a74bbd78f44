package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import io.faraddb.engine.sql.function.number.Floats;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sums of floating point numbers and of the squares of their distances, by the algorithm of Youngs
 * and Cramer, of one variable or of a pair.
 */
final class DoubleStatistics implements Accumulator {

    private final boolean pairs;
    private final Result result;
    private double count;
    private double sumX;
    private double squaresX;
    private double sumY;
    private double squaresY;
    private double products;

    /** What to make of the sums. */
    interface Result {
        @Nullable Object of(DoubleStatistics sums);
    }

    private DoubleStatistics(boolean pairs, Result result) {
        this.pairs = pairs;
        this.result = result;
    }

    static DoubleStatistics ofOne(Result result) {
        return new DoubleStatistics(false, result);
    }

    /** Of pairs whose first value is Y. */
    static DoubleStatistics ofPairs(Result result) {
        return new DoubleStatistics(true, result);
    }

    /** Null unless there are rows enough. */
    static Result atLeast(int rows, ToDoubleFunction<DoubleStatistics> function) {
        return sums -> sums.count < rows ? null : function.applyAsDouble(sums);
    }

    static Result spread(Spread spread) {
        return sums -> {
            if (sums.count < spread.rowsMin()) {
                return null;
            }
            double variance = sums.squaresX / spread.divisor((long) sums.count);
            return spread.isDeviation() ? Math.sqrt(variance) : variance;
        };
    }

    @Override
    public void add(@Nullable Object[] arguments) {
        Object last = arguments[arguments.length - 1];
        if (arguments[0] == null || last == null) {
            return;
        }
        double x = ((Number) last).doubleValue();
        double y = pairs ? (Double) arguments[0] : 0;
        if (count == 0) {
            begin(x, y);
        } else {
            include(x, y);
        }
    }

    private void begin(double x, double y) {
        count = 1;
        sumX = x;
        sumY = y;
        squaresX = Double.isFinite(x) ? 0 : Double.NaN;
        squaresY = Double.isFinite(y) ? 0 : Double.NaN;
        products = squaresX + squaresY;
    }

    private void include(double x, double y) {
        boolean finiteX = !Double.isInfinite(sumX) && !Double.isInfinite(x);
        boolean finiteY = !Double.isInfinite(sumY) && !Double.isInfinite(y);
        double before = count;
        count++;
        sumX += x;
        sumY += y;
        double distanceX = x * count - sumX;
        double distanceY = y * count - sumY;
        double scale = count * before;
        checkOverflow(sumX, finiteX);
        checkOverflow(sumY, finiteY);
        squaresX = sum(squaresX, distanceX * distanceX / scale, finiteX);
        squaresY = sum(squaresY, distanceY * distanceY / scale, finiteY);
        products = sum(products, distanceX * distanceY / scale, finiteX && finiteY);
    }

    /** Infinite values have no distance from their average, finite ones no infinite distance. */
    private static double sum(double sum, double more, boolean finite) {
        double result = sum + more;
        checkOverflow(result, finite);
        return Double.isInfinite(result) ? Double.NaN : result;
    }

    private static void checkOverflow(double sum, boolean finite) {
        if (finite && Double.isInfinite(sum)) {
            throw Floats.overflow();
        }
    }

    @Override
    public @Nullable Object result() {
        return result.of(this);
    }

    @Override
    public boolean merge(Accumulator other) {
        DoubleStatistics that = (DoubleStatistics) other;
        if (that.count == 0) {
            return true;
        }
        boolean finiteX = !Double.isInfinite(sumX) && !Double.isInfinite(that.sumX);
        boolean finiteY = !Double.isInfinite(sumY) && !Double.isInfinite(that.sumY);
        squaresX += that.squaresX;
        squaresY += that.squaresY;
        products += that.products;
        if (count > 0) {
            double weight = count * that.count / (count + that.count);
            double distanceX = sumX / count - that.sumX / that.count;
            double distanceY = sumY / count - that.sumY / that.count;
            squaresX = sum(squaresX, weight * distanceX * distanceX, finiteX);
            squaresY = sum(squaresY, weight * distanceY * distanceY, finiteY);
            products = sum(products, weight * distanceX * distanceY, finiteX && finiteY);
        }
        count += that.count;
        sumX += that.sumX;
        sumY += that.sumY;
        checkOverflow(sumX, finiteX);
        checkOverflow(sumY, finiteY);
        return true;
    }

    double count() {
        return count;
    }

    double averageX() {
        return sumX / count;
    }

    double averageY() {
        return sumY / count;
    }

    double squaresX() {
        return squaresX;
    }

    double squaresY() {
        return squaresY;
    }

    double products() {
        return products;
    }

    @Nullable Object correlation() {
        return squaresX == 0 || squaresY == 0
                ? null
                : (Object) (products / Math.sqrt(squaresX * squaresY));
    }

    @Nullable Object determination() {
        if (squaresX == 0) {
            return null;
        }
        return squaresY == 0 ? 1.0 : products * products / (squaresX * squaresY);
    }

    @Nullable Object slope() {
        return squaresX == 0 ? null : (Object) (products / squaresX);
    }

    @Nullable Object intercept() {
        return squaresX == 0 ? null : (Object) ((sumY - sumX * products / squaresX) / count);
    }
}
