package io.faraddb.engine.sql.exec;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CallContext;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a statement: parameters, partitions, limits, cancellation. */
public final class Execution {

    /** Rows that one sort, join, grouping or result may hold. */
    public static final int ROWS_HELD_MAX = 20_000_000;

    private static final int CHECK_EVERY = 1024;

    private final CallContext calls;
    private final @Nullable Object[] parameters;
    private final Views views;
    private final Interruption interruption;
    private final Map<Object, Object> states = new IdentityHashMap<>();
    private int untilCheck = CHECK_EVERY;

    /** Whether a run has to stop. */
    @FunctionalInterface
    public interface Interruption {
        /**
         * @throws SqlException when it was cancelled or has run out of its time
         */
        void check();
    }

    public Execution(
            CallContext calls,
            @Nullable Object[] parameters,
            Views views,
            Interruption interruption) {
        this.calls = calls;
        this.parameters = parameters;
        this.views = views;
        this.interruption = interruption;
    }

    public CallContext calls() {
        return calls;
    }

    public @Nullable Object parameter(int index) {
        return parameters[index];
    }

    public Views views() {
        return views;
    }

    /** Called for each row that is looked at. */
    public void tick() {
        if (--untilCheck == 0) {
            untilCheck = CHECK_EVERY;
            interruption.check();
        }
    }

    /** Called with the size of what an operator holds. */
    public void held(int rows) {
        if (rows > ROWS_HELD_MAX) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "the statement holds more than " + ROWS_HELD_MAX + " rows")
                    .hint("Narrow it with WHERE or LIMIT.");
        }
    }

    /**
     * What a part of the plan keeps from one of its openings to the next in this execution.
     *
     * @param owner by identity
     */
    @SuppressWarnings("unchecked") // An owner always asks for the same type.
    public <T> T state(Object owner, Supplier<T> first) {
        Object known = states.get(owner);
        if (known == null) {
            known = first.get();
            states.put(owner, known);
        }
        return (T) known;
    }
}
