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

    /** How EXPLAIN names it, with what matters of its arguments. */
    String describe();

    List<Operator> inputs();
}
