package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of expressions for each row. */
public record Project(Operator input, List<Evaluator> expressions) implements Operator {

    public Project {
        expressions = List.copyOf(expressions);
    }

    @Override
    public Rows open(Frame frame) {
        Rows rows = input.open(frame);
        Frame own = frame.sibling();
        return () -> {
            @Nullable Object[] row = rows.next();
            return row == null ? null : evaluate(expressions, own.with(row));
        };
    }

    static @Nullable Object[] evaluate(List<Evaluator> expressions, Frame frame) {
        @Nullable Object[] values = new @Nullable Object[expressions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions.get(i).value(frame);
        }
        return values;
    }

    @Override
    public String describe() {
        return "Project " + expressions.size() + " column(s)";
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
