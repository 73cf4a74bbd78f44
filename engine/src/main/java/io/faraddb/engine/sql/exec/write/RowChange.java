package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.write.Insert.Assignment;
import io.faraddb.engine.sql.exec.write.TableWriter.Location;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What SET does to a row: of UPDATE, and of ON CONFLICT DO UPDATE. */
final class RowChange {

    private final TableDef table;
    private final List<Assignment> assignments;
    private final RowCheck check;
    private final boolean mayMove;

    RowChange(TableDef table, List<Assignment> assignments, RowCheck check) {
        this.table = table;
        this.assignments = List.copyOf(assignments);
        this.check = check;
        this.mayMove =
                assignments.stream().anyMatch(assignment -> places(table, assignment.column()));
    }

    /** Whether a row lies elsewhere with another value of a column. */
    private static boolean places(TableDef table, int column) {
        return table.primaryKey().contains(column)
                || (table.partitioning() instanceof Partitioning.ByColumn by
                        && by.column() == column);
    }

    /** Whether there is nothing to do. */
    boolean none() {
        return assignments.isEmpty();
    }

    /**
     * The changed row.
     *
     * @param row begins with the old row's columns
     * @param frame where the assignments find what they ask for; has another row afterwards
     * @throws io.faraddb.engine.error.SqlException 23502 or 23514
     */
    @Nullable Object[] changed(@Nullable Object[] row, Frame frame) {
        @Nullable Object[] changed = Arrays.copyOf(row, table.columns().size());
        for (Assignment assignment : assignments) {
            changed[assignment.column()] = assignment.value().value(frame);
        }
        check.check(changed, frame);
        return changed;
    }

    /** Where the changed row goes: mostly where the old one is. */
    Location place(Location old, @Nullable Object[] changed, TableWriter writer) {
        if (!mayMove) {
            return old;
        }
        Location place = table.hasRowId() ? writer.sameRow(old, changed) : writer.locate(changed);
        // A row of a replicated table is everywhere.
        boolean stays =
                place.equals(old) || (table.replicated() && Arrays.equals(place.key(), old.key()));
        return stays ? old : place;
    }
}
