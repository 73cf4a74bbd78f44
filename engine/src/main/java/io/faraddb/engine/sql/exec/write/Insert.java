package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.exec.write.TableWriter.Location;
import io.faraddb.engine.storage.RowCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** INSERT, with ON CONFLICT, and UPSERT. */
public final class Insert implements Write {

    private final TableDef table;
    private final Operator source;
    private final RowCheck check;
    private final @Nullable Conflict conflict;
    private final RowChange change;
    private final @Nullable Returning returning;

    /**
     * @param index whose duplicate counts; null for the primary key
     * @param anyIndex whether every unique key's duplicate counts
     * @param replace whether the new row takes the place of the old
     * @param assignments over old row and new; empty to do nothing
     */
    public record Conflict(
            @Nullable IndexDef index,
            boolean anyIndex,
            boolean replace,
            List<Assignment> assignments,
            @Nullable Evaluator where) {}

    /**
     * @param column place in the table
     */
    public record Assignment(int column, Evaluator value) {}

    /**
     * @param source rows of all the table's columns
     */
    public Insert(
            TableDef table,
            Operator source,
            RowCheck check,
            @Nullable Conflict conflict,
            @Nullable Returning returning) {
        this.table = table;
        this.source = source;
        this.check = check;
        this.conflict = conflict;
        this.change =
                new RowChange(table, conflict == null ? List.of() : conflict.assignments(), check);
        this.returning = returning;
    }

    /** One execution's state. */
    private final class Run {
        private final Frame frame;
        private final TableWriter writer;
        private final Holding holding;
        private @Nullable Location firstTouched;
        private @Nullable Set<Location> touched;
        private final RowCursor cursor = new RowCursor();
        private final List<@Nullable Object[]> returned = new ArrayList<>();
        private long count;

        Run(Frame frame) {
            this.frame = frame.sibling();
            this.holding = frame.execution().holding();
            this.writer = new TableWriter(table, frame.execution().target());
        }

        void row(@Nullable Object[] values) {
            frame.execution().requireRoom();
            holding.add(values);
            check.check(values, frame);
            Location at = writer.locate(values);
            Location existing = conflict == null ? null : conflicting(at, values, conflict);
            if (existing == null || conflict == null) {
                if (!change.none()) {
                    touch(at);
                }
                writer.insert(at, values);
                done(values);
            } else if (conflict.replace()) {
                writer.put(at, values);
                done(values);
            } else if (!change.none()) {
                if (existing != at) {
                    writer.find(existing, cursor);
                }
                update(existing, values, conflict.where());
            }
        }

        /**
         * Where the row in the way lies; null if none is. The cursor points to the one that lies
         * where the new row would.
         */
        private @Nullable Location conflicting(
                Location at, @Nullable Object[] values, Conflict on) {
            if ((on.index() == null) && writer.find(at, cursor)) {
                return at;
            }
            if (on.index() == null && !on.anyIndex()) {
                return null;
            }
            byte[] row = table.layout().encode(values);
            for (IndexDef index : table.indexes()) {
                if (on.anyIndex() || index.equals(on.index())) {
                    Location found = writer.duplicate(index, row, at);
                    if (found != null) {
                        return found;
                    }
                }
            }
            return null;
        }

        /** Changes the row that the cursor points to. */
        private void update(Location at, @Nullable Object[] excluded, @Nullable Evaluator where) {
            if (isTouched(at)) {
                throw new SqlException(
                                ErrorCode.CARDINALITY_VIOLATION,
                                "ON CONFLICT DO UPDATE command cannot affect row a second time")
                        .hint(
                                "Ensure that no rows proposed for insertion within the same"
                                        + " command have duplicate constrained values.");
            }
            @Nullable Object[] old = table.layout().decode(cursor.bytes(), cursor.offset());
            @Nullable Object[] both = Arrays.copyOf(old, old.length + excluded.length);
            System.arraycopy(excluded, 0, both, old.length, excluded.length);
            frame.with(both);
            if (where == null || where.holds(frame)) {
                @Nullable Object[] changed = change.changed(both, frame);
                Location place = change.place(at, changed, writer);
                writer.replace(at, place, changed);
                touch(place);
                done(changed);
            }
        }

        /** Whether the command itself has put the row there, which it may do once. */
        private boolean isTouched(Location at) {
            return touched == null ? at.equals(firstTouched) : touched.contains(at);
        }

        /** Most commands put one row: a set comes with the second. */
        private void touch(Location at) {
            if (firstTouched == null) {
                firstTouched = at;
                return;
            }
            if (touched == null) {
                touched = new HashSet<>(Set.of(firstTouched));
            }
            touched.add(at);
        }

        private void done(@Nullable Object[] values) {
            count++;
            if (returning != null) {
                returned.add(returning.row(frame.with(values)));
            }
        }
    }

    @Override
    public Outcome run(Frame frame) {
        Run run = new Run(frame);
        Rows rows = source.open(frame);
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            frame.execution().tick();
            run.row(row);
        }
        return new Outcome(run.count, run.returned);
    }

    @Override
    public String describe() {
        return "Insert into " + table.name();
    }

    @Override
    public Operator input() {
        return source;
    }
}
