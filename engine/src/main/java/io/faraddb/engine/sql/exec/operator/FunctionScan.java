package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.function.SetFunction;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function in FROM. */
public final class FunctionScan implements Operator {

    private final SetFunction function;
    private final List<Evaluator> arguments;
    private final boolean ordinality;

    public FunctionScan(SetFunction function, List<Evaluator> arguments, boolean ordinality) {
        this.function = function;
        this.arguments = List.copyOf(arguments);
        this.ordinality = ordinality;
    }

    static Iterator<@Nullable Object[]> call(
            SetFunction function, List<Evaluator> arguments, Frame frame) {
        return function.body().call(Project.evaluate(arguments, frame), frame.execution().calls());
    }

    @Override
    public Rows open(Frame frame) {
        Iterator<@Nullable Object[]> rows = call(function, arguments, frame);
        Execution execution = frame.execution();
        if (!ordinality) {
            return () -> {
                execution.tick();
                return rows.hasNext() ? rows.next() : null;
            };
        }
        return new Rows() {
            private long count;

            @Override
            public @Nullable Object @Nullable [] next() {
                execution.tick();
                if (!rows.hasNext()) {
                    return null;
                }
                @Nullable Object[] row = rows.next();
                @Nullable Object[] numbered = Arrays.copyOf(row, row.length + 1);
                numbered[row.length] = ++count;
                return numbered;
            }
        };
    }

    @Override
    public String describe() {
        return "Function " + function.name();
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }
}
