package io.faraddb.engine.history;

import java.util.List;

/**
 * A committed transaction over lists.
 *
 * @param begun nanoseconds, before its first statement was sent
 * @param ended nanoseconds, after its last answer came
 */
public record Done(String name, long begun, long ended, List<Step> steps) {

    public Done {
        steps = List.copyOf(steps);
    }

    /** What it did, in its order. */
    public sealed interface Step {
        String list();
    }

    /**
     * @param value that nobody else appends to the list
     */
    public record Append(String list, int value) implements Step {}

    /** All of a list, with what the transaction has appended to it before. */
    public record Read(String list, List<Integer> values) implements Step {
        public Read {
            values = List.copyOf(values);
        }
    }
}
