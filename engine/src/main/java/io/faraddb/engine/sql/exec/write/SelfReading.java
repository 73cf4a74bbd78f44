package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;

/**
 * A write that also reads its own table, in a query or a subquery: it reads the table as it was
 * before the statement, as SQL wants it, and so never meets its own work.
 */
public record SelfReading(Write write) implements Write {

    @Override
    public Outcome run(Frame frame) {
        return write.run(Frame.of(frame.execution().frozen()));
    }

    @Override
    public String describe() {
        return write.describe();
    }

    @Override
    public Operator input() {
        return write.input();
    }
}
