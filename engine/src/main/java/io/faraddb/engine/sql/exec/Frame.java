package io.faraddb.engine.sql.exec;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.storage.PartitionView;
import org.jspecify.annotations.Nullable;

/** What an expression sees: the current row, the rows of enclosing queries, the partition. */
public final class Frame {

    private static final @Nullable Object[] NO_COLUMNS = {};

    private final Execution execution;
    private final @Nullable Frame outer;
    private final @Nullable PartitionView view;
    private final int partition;
    private @Nullable Object[] row = NO_COLUMNS;

    private Frame(
            Execution execution,
            @Nullable Frame outer,
            @Nullable PartitionView view,
            int partition) {
        this.execution = execution;
        this.outer = outer;
        this.view = view;
        this.partition = partition;
    }

    /** The frame of a whole statement. */
    public static Frame of(Execution execution) {
        return new Frame(execution, null, null, -1);
    }

    /** A frame for an operator's own rows, beside this one. */
    public Frame sibling() {
        return new Frame(execution, outer, view, partition);
    }

    /** The same in one partition. */
    public Frame in(int newPartition) {
        PartitionView newView = execution.views().view(newPartition);
        return new Frame(execution, outer, newView, newPartition);
    }

    /** The frame of a subquery: this frame's row is its outer row. */
    public Frame inner() {
        return new Frame(execution, this, null, -1);
    }

    /** This frame with another row. */
    public Frame with(@Nullable Object[] newRow) {
        row = newRow;
        return this;
    }

    public @Nullable Object column(int index) {
        return row[index];
    }

    public @Nullable Object outerColumn(int depth, int index) {
        Frame frame = this;
        for (int i = 0; i < depth; i++) {
            frame = Invariant.notNull(frame.outer, "an enclosing row");
        }
        return frame.row[index];
    }

    public Execution execution() {
        return execution;
    }

    /** The partition that a table is read in. */
    public PartitionView view() {
        return Invariant.notNull(view, "tables are read inside a Gather");
    }

    /** The number of that partition. */
    public int partition() {
        return partition;
    }
}
