package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.bind.SystemTable;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of the system catalog. */
public record SystemScan(SystemTable table) implements Operator {

    @Override
    public Rows open(Frame frame) {
        Iterator<@Nullable Object[]> rows = table.rows(frame.execution().calls()).iterator();
        return () -> {
            frame.execution().tick();
            return rows.hasNext() ? rows.next() : null;
        };
    }

    @Override
    public String describe() {
        return "System table " + table.name();
    }

    @Override
    public List<Operator> inputs() {
        return List.of();
    }
}
