package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.RowKey;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows whose keys equal values of an enclosing row, as a subquery asks for them again and
 * again. The first time it reads its input; from the second time on, a hash table of it.
 */
public final class HashFilter implements Operator {

    private final Operator input;
    private final List<Evaluator> keys;
    private final List<Evaluator> values;
    private final TypeKind[] kinds;

    /**
     * @param input does not depend on the enclosing row
     * @param keys over input's rows
     * @param values over the enclosing rows
     * @param kinds to compare by
     */
    public HashFilter(
            Operator input, List<Evaluator> keys, List<Evaluator> values, List<TypeKind> kinds) {
        this.input = input;
        this.keys = List.copyOf(keys);
        this.values = List.copyOf(values);
        this.kinds = kinds.toArray(TypeKind[]::new);
    }

    /** What one execution has of it. */
    private static final class Table {
        private boolean asked;
        private @Nullable Map<RowKey, List<@Nullable Object[]>> rows;
    }

    @Override
    public Rows open(Frame frame) {
        KeyWriter writer = RowKey.writer();
        RowKey wanted = RowKey.ofValues(writer, kinds, Project.evaluate(values, frame));
        if (wanted == null) {
            return Rows.NONE;
        }
        Table table = frame.execution().state(this, Table::new);
        if (!table.asked) {
            table.asked = true;
            return matching(wanted, writer, frame);
        }
        Map<RowKey, List<@Nullable Object[]>> rows = table.rows;
        if (rows == null) {
            rows = build(writer, frame);
            table.rows = rows;
        }
        return Rows.of(rows.getOrDefault(wanted, List.of()));
    }

    private Rows matching(RowKey wanted, KeyWriter writer, Frame frame) {
        Rows rows = input.open(frame);
        Frame own = frame.sibling();
        return () -> {
            while (true) {
                @Nullable Object[] row = rows.next();
                if (row == null || wanted.equals(key(row, writer, own))) {
                    return row;
                }
            }
        };
    }

    private @Nullable RowKey key(@Nullable Object[] row, KeyWriter writer, Frame own) {
        return RowKey.ofValues(writer, kinds, Project.evaluate(keys, own.with(row)));
    }

    private Map<RowKey, List<@Nullable Object[]>> build(KeyWriter writer, Frame frame) {
        Map<RowKey, List<@Nullable Object[]>> table = new HashMap<>();
        Frame own = frame.sibling();
        Rows rows = input.open(frame);
        Holding holding = frame.execution().holding();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            RowKey key = key(row, writer, own);
            if (key != null) {
                table.computeIfAbsent(key, unused -> new ArrayList<>()).add(row);
                holding.add(row);
            }
        }
        return table;
    }

    @Override
    public String describe() {
        return "Hash look-up by " + kinds.length + " value(s) of the enclosing row";
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
