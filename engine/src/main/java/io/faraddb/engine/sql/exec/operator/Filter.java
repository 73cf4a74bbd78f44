package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows for which a condition is true. */
public record Filter(Operator input, Evaluator condition) implements Operator {

    @Override
    public Rows open(Frame frame) {
        Rows rows = input.open(frame);
        Frame own = frame.sibling();
        return () -> {
            while (true) {
                @Nullable Object[] row = rows.next();
                if (row == null || condition.holds(own.with(row))) {
                    return row;
                }
            }
        };
    }

    @Override
    public String describe() {
        return "Filter";
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
