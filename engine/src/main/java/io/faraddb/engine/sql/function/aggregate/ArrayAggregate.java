package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** array_agg: all values, nulls too; null without any row. */
final class ArrayAggregate implements Accumulator {

    private final boolean ofArrays;
    private final List<@Nullable Object> values = new ArrayList<>();

    /**
     * @param ofArrays whether the values are arrays, which must be of one shape
     */
    ArrayAggregate(boolean ofArrays) {
        this.ofArrays = ofArrays;
    }

    @Override
    public void add(@Nullable Object[] arguments) {
        if (ofArrays) {
            checkShape(arguments[0]);
        }
        values.add(arguments[0]);
    }

    private void checkShape(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw new SqlException(
                    ErrorCode.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
        }
        if (list.isEmpty()) {
            throw new SqlException(
                    ErrorCode.ARRAY_SUBSCRIPT_ERROR, "cannot accumulate empty arrays");
        }
        if (!values.isEmpty() && !sameShape(list, (List<?>) values.getFirst())) {
            throw new SqlException(
                    ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                    "cannot accumulate arrays of different dimensionality");
        }
    }

    private static boolean sameShape(List<?> left, @Nullable List<?> right) {
        if (right == null || left.size() != right.size()) {
            return false;
        }
        Object inner = left.getFirst();
        Object other = right.getFirst();
        return inner instanceof List<?> deeper
                ? other instanceof List<?> deeperToo && sameShape(deeper, deeperToo)
                : !(other instanceof List<?>);
    }

    @Override
    public boolean keepsArguments() {
        return true;
    }

    @Override
    public @Nullable Object result() {
        return values.isEmpty() ? null : values;
    }
}
