package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DELETE: finds all rows first, then deletes them. */
public final class Delete implements Write {

    private final TableDef table;
    private final Operator source;
    private final @Nullable Returning returning;

    /**
     * @param source rows of the table's columns, then USING's, the key, the partition
     */
    public Delete(TableDef table, Operator source, @Nullable Returning returning) {
        this.table = table;
        this.source = source;
        this.returning = returning;
    }

    @Override
    public Outcome run(Frame frame) {
        int width = table.columns().size();
        TableWriter writer = new TableWriter(table, frame.execution().target());
        Frame own = frame.sibling();
        List<@Nullable Object[]> returned = new ArrayList<>();
        List<@Nullable Object[]> rows = LocatedRows.all(source, frame, width);
        for (@Nullable Object[] row : rows) {
            frame.execution().tick();
            writer.delete(LocatedRows.location(row));
            if (returning != null) {
                returned.add(returning.row(own.with(row)));
            }
        }
        return new Outcome(rows.size(), returned);
    }

    @Override
    public String describe() {
        return "Delete from " + table.name();
    }

    @Override
    public Operator input() {
        return source;
    }
}
