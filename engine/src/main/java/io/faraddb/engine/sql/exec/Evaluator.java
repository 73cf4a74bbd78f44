package io.faraddb.engine.sql.exec;

import org.jspecify.annotations.Nullable;

/** A compiled expression. Stateless: one is used by many executions at once. */
@FunctionalInterface
public interface Evaluator {

    /** The expression's value for the frame's row. */
    @Nullable Object value(Frame frame);

    /** Whether a condition is true: neither false nor null. */
    default boolean holds(Frame frame) {
        return Boolean.TRUE.equals(value(frame));
    }
}
