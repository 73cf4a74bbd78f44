package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.function.SetFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Set-returning functions of a select list: each row, once for each step of the functions in
 * lockstep, the shorter ones giving null.
 */
public final class ProjectSet implements Operator {

    private final Operator input;
    private final List<SetFunction> functions;
    private final List<List<Evaluator>> arguments;

    public ProjectSet(
            Operator input, List<SetFunction> functions, List<List<Evaluator>> arguments) {
        this.input = input;
        this.functions = List.copyOf(functions);
        this.arguments = List.copyOf(arguments);
    }

    @Override
    public Rows open(Frame frame) {
        Rows rows = input.open(frame);
        Frame own = frame.sibling();
        Deque<@Nullable Object[]> ready = new ArrayDeque<>();
        return () -> {
            while (ready.isEmpty()) {
                @Nullable Object[] row = rows.next();
                if (row == null) {
                    return null;
                }
                expand(row, own.with(row), ready);
            }
            return ready.poll();
        };
    }

    private void expand(@Nullable Object[] row, Frame frame, Deque<@Nullable Object[]> ready) {
        List<Iterator<@Nullable Object[]>> iterators = new ArrayList<>();
        for (int i = 0; i < functions.size(); i++) {
            iterators.add(FunctionScan.call(functions.get(i), arguments.get(i), frame));
        }
        Holding holding = frame.execution().holding();
        while (iterators.stream().anyMatch(Iterator::hasNext)) {
            @Nullable Object[] wide = Arrays.copyOf(row, row.length + functions.size());
            for (int i = 0; i < iterators.size(); i++) {
                Iterator<@Nullable Object[]> iterator = iterators.get(i);
                wide[row.length + i] = iterator.hasNext() ? value(iterator.next()) : null;
            }
            ready.add(wide);
            holding.add(wide);
        }
    }

    private static @Nullable Object value(@Nullable Object[] row) {
        return row.length == 1
                ? row[0]
                : Collections.unmodifiableList(Arrays.<@Nullable Object>asList(row));
    }

    @Override
    public String describe() {
        return "ProjectSet " + functions.stream().map(SetFunction::name).toList();
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
