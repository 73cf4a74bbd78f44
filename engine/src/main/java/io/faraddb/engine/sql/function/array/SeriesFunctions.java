package io.faraddb.engine.sql.function.array;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.sql.function.time.TimeSeries;
import io.faraddb.engine.type.Interval;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions that count, or hand out what an array holds, row by row. */
public final class SeriesFunctions implements FunctionSource {

    /** Rows of one column out of arguments that are not null. */
    private interface Rows {
        Iterator<@Nullable Object[]> of(@Nullable Object[] arguments, CallContext context);
    }

    @Override
    public void define(Definitions definitions) {
        integers(definitions, "int4");
        integers(definitions, "int8");
        numerics(definitions);
        times(definitions);
        arrays(definitions);
    }

    /** A null argument gives no rows. */
    private static SetFunction.Body strict(Rows rows) {
        return (arguments, context) -> {
            for (Object argument : arguments) {
                if (argument == null) {
                    return List.<@Nullable Object[]>of().iterator();
                }
            }
            return rows.of(arguments, context);
        };
    }

    /** From a first value on by steps, as long as they last; a null ends it, too. */
    private static final class Series<T> implements Iterator<@Nullable Object[]> {
        private final UnaryOperator<@Nullable T> step;
        private final Predicate<T> within;
        private @Nullable T next;

        Series(T first, UnaryOperator<@Nullable T> step, Predicate<T> within) {
            this.step = step;
            this.within = within;
            this.next = first;
        }

        @Override
        public boolean hasNext() {
            T value = next;
            return value != null && within.test(value);
        }

        @Override
        public @Nullable Object[] next() {
            T value = next;
            if (value == null || !hasNext()) {
                throw new NoSuchElementException();
            }
            next = step.apply(value);
            return new @Nullable Object[] {value};
        }
    }

    private static SqlException zeroStep() {
        return new SqlException(ErrorCode.INVALID_PARAMETER_VALUE, "step size cannot equal zero");
    }

    private static void integers(Definitions to, String type) {
        String signature = "generate_series(" + type + ", " + type;
        to.set(
                signature + ") -> " + type,
                strict((arguments, context) -> count(arguments[0], arguments[1], 1L)));
        to.set(
                signature + ", " + type + ") -> " + type,
                strict((arguments, context) -> count(arguments[0], arguments[1], arguments[2])));
    }

    private static Series<Long> count(
            @Nullable Object from, @Nullable Object until, @Nullable Object by) {
        long last = (Long) Objects.requireNonNull(until);
        long step = (Long) Objects.requireNonNull(by);
        if (step == 0) {
            throw zeroStep();
        }
        return new Series<>(
                (Long) Objects.requireNonNull(from),
                value -> {
                    long before = Objects.requireNonNull(value);
                    long after = before + step;
                    // Past the greatest number there is none.
                    return after > before == step > 0 ? after : null;
                },
                value -> step > 0 ? value <= last : value >= last);
    }

    private static void numerics(Definitions to) {
        to.set(
                "generate_series(numeric, numeric) -> numeric",
                strict((arguments, context) ->
                        numerics(arguments[0], arguments[1], BigDecimal.ONE)));
        to.set(
                "generate_series(numeric, numeric, numeric) -> numeric",
                strict((arguments, context) -> numerics(arguments[0], arguments[1], arguments[2])));
    }

    private static Series<BigDecimal> numerics(
            @Nullable Object from, @Nullable Object until, @Nullable Object by) {
        BigDecimal last = (BigDecimal) Objects.requireNonNull(until);
        BigDecimal step = (BigDecimal) Objects.requireNonNull(by);
        if (step.signum() == 0) {
            throw zeroStep();
        }
        return new Series<>(
                (BigDecimal) Objects.requireNonNull(from),
                value -> Objects.requireNonNull(value).add(step),
                value -> value.compareTo(last) * step.signum() <= 0);
    }

    private static void times(Definitions to) {
        to.set(
                "generate_series(timestamp, timestamp, interval) -> timestamp",
                strict((arguments, context) -> times(arguments, ZoneOffset.UTC)));
        to.set(
                "generate_series(timestamptz, timestamptz, interval) -> timestamptz stable",
                strict((arguments, context) -> times(arguments, context.zone())));
    }

    private static Series<Long> times(@Nullable Object[] arguments, ZoneId zone) {
        long last = (Long) Objects.requireNonNull(arguments[1]);
        Interval step = (Interval) Objects.requireNonNull(arguments[2]);
        int sign = step.compareTo(new Interval(0, 0, 0));
        if (sign == 0) {
            throw zeroStep();
        }
        return new Series<>(
                (Long) Objects.requireNonNull(arguments[0]),
                value -> TimeSeries.next(Objects.requireNonNull(value), step, zone),
                value -> sign > 0 ? value <= last : value >= last);
    }

    private static void arrays(Definitions to) {
        to.set(
                "unnest(anyarray) -> anyelement",
                strict((arguments, context) ->
                        Arrays.flatten(list(arguments[0])).stream()
                                .map(element -> new @Nullable Object[] {element})
                                .iterator()));
        to.set(
                "generate_subscripts(anyarray, int4) -> int4",
                strict((arguments, context) -> subscripts(arguments, false)));
        to.set(
                "generate_subscripts(anyarray, int4, bool) -> int4",
                strict((arguments, context) ->
                        subscripts(arguments, Boolean.TRUE.equals(arguments[2]))));
    }

    private static List<?> list(@Nullable Object argument) {
        return (List<?>) Objects.requireNonNull(argument);
    }

    private static Series<Long> subscripts(@Nullable Object[] arguments, boolean reverse) {
        long dimension = (Long) Objects.requireNonNull(arguments[1]);
        long length = Arrays.length(list(arguments[0]), dimension);
        return reverse ? count(length, 1L, -1L) : count(1L, length, 1L);
    }
}
