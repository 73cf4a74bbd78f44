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
     * Puts the changed row in place of the old one, elsewhere if its key has changed.
     *
     * @param row begins with the old row's columns
     * @param frame where the assignments find what they ask for; has another row afterwards
     * @return the changed row
     * @throws io.faraddb.engine.error.SqlException 23502, 23505 or 23514
     */
    @Nullable Object[] apply(
            @Nullable Object[] row, Location old, TableWriter writer, Frame frame) {
        @Nullable Object[] changed = Arrays.copyOf(row, table.columns().size());
        for (Assignment assignment : assignments) {
            changed[assignment.column()] = assignment.value().value(frame);
        }
        check.check(changed, frame);
        Location now = mayMove ? move(old, changed, writer) : old;
        // A row of a replicated table is everywhere.
        if (now.equals(old) || (table.replicated() && Arrays.equals(now.key(), old.key()))) {
            writer.put(old, changed);
        } else {
            writer.delete(old);
            writer.insert(now, changed);
        }
        return changed;
    }

    private Location move(Location old, @Nullable Object[] changed, TableWriter writer) {
        return table.hasRowId() ? writer.sameRow(old, changed) : writer.locate(changed);
    }
}
