package io.faraddb.engine.sql.exec;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CallContext;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a statement: parameters, partitions, limits, cancellation. */
public final class Execution {

    private static final int CHECK_EVERY = 1024;

    private final CallContext calls;
    private final @Nullable Object[] parameters;
    private final Views views;
    private final Views target;
    private final Interruption interruption;
    private @Nullable Map<Object, Object> states;
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
        this(calls, parameters, views, views, interruption);
    }

    private Execution(
            CallContext calls,
            @Nullable Object[] parameters,
            Views views,
            Views target,
            Interruption interruption) {
        this.calls = calls;
        this.parameters = parameters;
        this.views = views;
        this.target = target;
        this.interruption = interruption;
    }

    /** The same, and what is written does not change what is read. */
    public Execution frozen() {
        return new Execution(calls, parameters, views.frozen(), target, interruption);
    }

    public CallContext calls() {
        return calls;
    }

    public @Nullable Object parameter(int index) {
        return parameters[index];
    }

    /** What is read. */
    public Views views() {
        return views;
    }

    /** Where rows are written. */
    public Views target() {
        return target;
    }

    /** Called for each row that is looked at. */
    public void tick() {
        if (--untilCheck == 0) {
            untilCheck = CHECK_EVERY;
            interruption.check();
        }
    }

    /** For what one opening of an operator, or the result, holds. */
    public Holding holding() {
        return new Holding(calls.memory());
    }

    /**
     * Called before a row is written.
     *
     * @throws SqlException 53200 if the heap is full
     */
    public void requireRoom() {
        calls.memory().requireRoom();
    }

    /**
     * What a part of the plan keeps from one of its openings to the next in this execution.
     *
     * @param owner by identity
     */
    @SuppressWarnings("unchecked") // An owner always asks for the same type.
    public <T> T state(Object owner, Supplier<T> first) {
        if (states == null) {
            states = new IdentityHashMap<>();
        }
        Object known = states.get(owner);
        if (known == null) {
            known = first.get();
            states.put(owner, known);
        }
        return (T) known;
    }
}
