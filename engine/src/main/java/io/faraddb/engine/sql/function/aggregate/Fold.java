package io.faraddb.engine.sql.function.aggregate;

import io.faraddb.engine.sql.function.Aggregate.Accumulator;
import org.jspecify.annotations.Nullable;

/** Joins the values that are not null two by two; null without any. */
final class Fold<T> implements Accumulator {

    private final Step<T> step;
    private @Nullable T state;

    /** How two values become one. */
    @FunctionalInterface
    interface Step<T> {
        T join(T left, T right);
    }

    Fold(Step<T> step) {
        this.step = step;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void add(@Nullable Object[] arguments) {
        take((T) arguments[0]);
    }

    private void take(@Nullable T value) {
        if (value != null) {
            T before = state;
            state = before == null ? value : step.join(before, value);
        }
    }

    @Override
    public @Nullable Object result() {
        return state;
    }

    @Override
    @SuppressWarnings("unchecked")
    public boolean merge(Accumulator other) {
        take(((Fold<T>) other).state);
        return true;
    }
}
