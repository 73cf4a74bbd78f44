package io.faraddb.engine.sql.exec;

import java.util.List;

/** A node of a physical plan. Stateless; state lives in the rows that it opens. */
public interface Operator {

    /**
     * Begins to run.
     *
     * @param frame the execution, the partition (inside a Gather), and the enclosing rows
     */
    Rows open(Frame frame);

    /** Whether every opening in one execution gives the same rows. */
    default boolean once() {
        return false;
    }

    /** How EXPLAIN names it, with what matters of its arguments. */
    String describe();

    List<Operator> inputs();
}
