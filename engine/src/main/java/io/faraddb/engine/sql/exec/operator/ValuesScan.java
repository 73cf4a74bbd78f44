package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import java.util.Iterator;
import java.util.List;

/** Rows that the statement writes down. */
public record ValuesScan(List<List<Evaluator>> rows) implements Operator {

    public ValuesScan {
        rows = List.copyOf(rows);
    }

    @Override
    public Rows open(Frame frame) {
        Iterator<List<Evaluator>> iterator = rows.iterator();
        return () -> iterator.hasNext() ? Project.evaluate(iterator.next(), frame) : null;
    }

    @Override
    public String describe() {
        return "Values of " + rows.size() + " row(s)";
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }
}
