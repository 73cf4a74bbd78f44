package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.write.Insert.Assignment;
import io.faraddb.engine.sql.exec.write.TableWriter.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** UPDATE: finds all rows first, then changes them, so that it never meets its own work. */
public final class Update implements Write {

    private final TableDef table;
    private final Operator source;
    private final RowChange change;
    private final @Nullable Returning returning;

    /**
     * @param source rows of the table's columns, then FROM's, the key, the partition
     * @param assignments over such rows
     */
    public Update(
            TableDef table,
            Operator source,
            List<Assignment> assignments,
            RowCheck check,
            @Nullable Returning returning) {
        this.table = table;
        this.source = source;
        this.change = new RowChange(table, assignments, check);
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
            frame.execution().requireRoom();
            own.with(row);
            @Nullable Object[] changed = change.changed(row, own);
            Location old = LocatedRows.location(row);
            writer.replace(old, change.place(old, changed, writer), changed);
            if (returning != null) {
                @Nullable Object[] result = row.clone();
                System.arraycopy(changed, 0, result, 0, width);
                returned.add(returning.row(own.with(result)));
            }
        }
        return new Outcome(rows.size(), returned);
    }

    @Override
    public String describe() {
        return "Update " + table.name();
    }

    @Override
    public Operator input() {
        return source;
    }
}
