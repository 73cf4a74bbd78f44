package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** So many rows after so many. */
public record Limit(Operator input, @Nullable Evaluator count, @Nullable Evaluator offset)
        implements Operator {

    private static final long FEW_ROWS = 100_000;

    @Override
    public Rows open(Frame frame) {
        long skip = number(offset, frame, 0, ErrorCode.INVALID_ROW_COUNT_IN_OFFSET, "OFFSET");
        long take =
                number(count, frame, Long.MAX_VALUE, ErrorCode.INVALID_ROW_COUNT_IN_LIMIT, "LIMIT");
        if (take == 0) {
            return Rows.NONE;
        }
        Rows rows = open(frame, skip, take);
        for (long i = 0; i < skip; i++) {
            if (rows.next() == null) {
                return Rows.NONE;
            }
        }
        return new Rows() {
            private long left = take;

            @Override
            public @Nullable Object @Nullable [] next() {
                return left-- > 0 ? rows.next() : null;
            }
        };
    }

    /** A sort below need not hold more rows than are taken. */
    private Rows open(Frame frame, long skip, long take) {
        boolean few = take <= FEW_ROWS && skip <= FEW_ROWS;
        return few && input instanceof Sort sort
                ? sort.first(frame, (int) (skip + take))
                : input.open(frame);
    }

    private static long number(
            @Nullable Evaluator expression,
            Frame frame,
            long otherwise,
            ErrorCode code,
            String clause) {
        Object value = expression == null ? null : expression.value(frame);
        if (value == null) {
            return otherwise;
        }
        long number = (Long) value;
        if (number < 0) {
            throw new SqlException(code, clause + " must not be negative");
        }
        return number;
    }

    @Override
    public String describe() {
        return "Limit";
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
