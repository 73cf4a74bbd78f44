package io.faraddb.engine.sql.function.number;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.ValueOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** width_bucket: which part of a histogram a value falls in. */
final class WidthBucket {

    private WidthBucket() {}

    static void define(Definitions to) {
        to.general(
                "width_bucket(numeric, numeric, numeric, int4) -> int4",
                (arguments, context) ->
                        ofNumeric(
                                numeric(arguments[0]),
                                numeric(arguments[1]),
                                numeric(arguments[2]),
                                count(arguments[3])));
        to.general(
                "width_bucket(float8, float8, float8, int4) -> int4",
                (arguments, context) ->
                        ofDouble(
                                (Double) Objects.requireNonNull(arguments[0]),
                                (Double) Objects.requireNonNull(arguments[1]),
                                (Double) Objects.requireNonNull(arguments[2]),
                                count(arguments[3])));
        to.typed(
                "width_bucket(anycompatible, anycompatiblearray) -> int4",
                (types, result) -> {
                    TypeKind kind = types.getFirst().kind();
                    return (arguments, context) ->
                            ofThresholds(
                                    kind,
                                    Objects.requireNonNull(arguments[0]),
                                    (List<?>) Objects.requireNonNull(arguments[1]));
                });
    }

    private static BigDecimal numeric(@Nullable Object argument) {
        return (BigDecimal) Objects.requireNonNull(argument);
    }

    private static SqlException invalid(String message) {
        return new SqlException(ErrorCode.INVALID_ARGUMENT_FOR_WIDTH_BUCKET, message);
    }

    private static long count(@Nullable Object argument) {
        long count = (Long) Objects.requireNonNull(argument);
        if (count <= 0) {
            throw invalid("count must be greater than zero");
        }
        return count;
    }

    private static long ofNumeric(BigDecimal value, BigDecimal low, BigDecimal high, long count) {
        int order = low.compareTo(high);
        if (order == 0) {
            throw invalid("lower bound cannot equal upper bound");
        }
        // Where the bounds fall instead of rising, everything is counted the other way.
        if (value.compareTo(low) * -order < 0) {
            return 0;
        }
        if (value.compareTo(high) * -order >= 0) {
            return Integers.add(TypeKind.INTEGER, count, 1);
        }
        return value.subtract(low)
                        .multiply(BigDecimal.valueOf(count))
                        .divide(high.subtract(low), 0, RoundingMode.FLOOR)
                        .longValue()
                + 1;
    }

    private static long ofDouble(double value, double low, double high, long count) {
        if (Double.isNaN(value) || Double.isNaN(low) || Double.isNaN(high)) {
            throw invalid("operand, lower bound, and upper bound cannot be NaN");
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            throw invalid("lower and upper bounds must be finite");
        }
        if (low == high) {
            throw invalid("lower bound cannot equal upper bound");
        }
        boolean rising = low < high;
        if (rising ? value < low : value > low) {
            return 0;
        }
        if (rising ? value >= high : value <= high) {
            return Integers.add(TypeKind.INTEGER, count, 1);
        }
        long bucket = (long) (count * ((value - low) / (high - low)));
        return Math.min(bucket, count - 1) + 1;
    }

    private static long ofThresholds(TypeKind kind, Object value, List<?> thresholds) {
        if (thresholds.contains(null)) {
            throw new SqlException(
                    ErrorCode.NULL_VALUE_NOT_ALLOWED, "thresholds array must not contain NULLs");
        }
        int low = 0;
        int high = thresholds.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            Object threshold = Objects.requireNonNull(thresholds.get(middle));
            if (ValueOrder.compare(kind, value, threshold) < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
