package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.RowKey;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The first of each set of rows that are equal in some columns. */
public final class Distinct implements Operator {

    private final Operator input;
    private final int[] columns;
    private final TypeKind[] kinds;

    /**
     * @param columns compared
     * @param kinds of those columns
     */
    public Distinct(Operator input, int[] columns, TypeKind[] kinds) {
        this.input = input;
        this.columns = columns.clone();
        this.kinds = kinds.clone();
    }

    @Override
    public Rows open(Frame frame) {
        Rows rows = input.open(frame);
        Set<RowKey> seen = new HashSet<>();
        KeyWriter writer = RowKey.writer();
        Holding holding = frame.execution().holding();
        return () -> {
            while (true) {
                @Nullable Object[] row = rows.next();
                if (row == null) {
                    return null;
                }
                if (seen.add(RowKey.of(writer, kinds, pick(row)))) {
                    holding.add(row);
                    return row;
                }
            }
        };
    }

    private @Nullable Object[] pick(@Nullable Object[] row) {
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row[columns[i]];
        }
        return values;
    }

    @Override
    public String describe() {
        return "Distinct";
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
