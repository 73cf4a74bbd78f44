package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs its input once in an execution and keeps its rows: for what does not depend on outer rows.
 */
public record Cached(Operator input) implements Operator {

    @Override
    public Rows open(Frame frame) {
        return Rows.of(frame.execution().state(this, () -> all(frame)));
    }

    private List<@Nullable Object[]> all(Frame frame) {
        List<@Nullable Object[]> held = new ArrayList<>();
        Rows rows = input.open(frame);
        Holding holding = frame.execution().holding();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            held.add(row);
            holding.add(row);
        }
        return held;
    }

    @Override
    public boolean once() {
        return true;
    }

    @Override
    public String describe() {
        return "Once";
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
