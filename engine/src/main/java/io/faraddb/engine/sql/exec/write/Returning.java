package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RETURNING: expressions over each written row. */
public record Returning(List<Evaluator> expressions) {

    public Returning {
        expressions = List.copyOf(expressions);
    }

    @Nullable Object[] row(Frame frame) {
        @Nullable Object[] values = new @Nullable Object[expressions.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions.get(i).value(frame);
        }
        return values;
    }
}
