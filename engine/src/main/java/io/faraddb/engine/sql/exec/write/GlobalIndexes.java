package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.catalog.GlobalIndex;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.sql.exec.write.TableWriter.Location;
import io.faraddb.engine.storage.RowCursor;
import io.faraddb.engine.type.KeyWriter;
import org.jspecify.annotations.Nullable;

/** Keeps the entries of a table's global indexes as its rows are. For one execution. */
public final class GlobalIndexes {

    private final TableDef table;
    private final Views views;
    private final KeyWriter keys = new KeyWriter();
    private final RowCursor cursor = new RowCursor();

    public GlobalIndexes(TableDef table, Views views) {
        this.table = table;
        this.views = views;
    }

    /** A row's entry, and where it lies. */
    private record Entry(TableDef table, @Nullable Object[] values, Location at) {}

    private @Nullable Entry entry(GlobalIndex global, byte[] row, int offset, Location at) {
        @Nullable Object[] values = global.entry(table, row, offset, at.partition(), at.key());
        if (values == null) {
            return null;
        }
        TableDef entries = global.entries();
        int partition =
                views.ring().partitionOf(entries.columns().getFirst().type().kind(), values[0]);
        return new Entry(
                entries, values, new Location(partition, entries.primaryKeyOf(values, keys)));
    }

    /** The row that has the same values in a global index, but for the row at own. */
    @Nullable Location duplicate(GlobalIndex global, byte[] row, Location own) {
        Entry entry = entry(global, row, 0, own);
        Location found = entry == null ? null : owner(global, entry);
        return own.equals(found) ? null : found;
    }

    private @Nullable Location owner(GlobalIndex global, Entry entry) {
        if (!views.view(entry.at().partition()).get(entry.table(), entry.at().key(), cursor)) {
            return null;
        }
        @Nullable Object[] there = entry.table().layout().decode(cursor.bytes(), cursor.offset());
        return new Location(global.rowPartition(there), global.rowKey(there));
    }

    /**
     * Adds the entry of a row that is there already.
     *
     * @return false if another row has one like it
     */
    public boolean add(GlobalIndex global, byte[] row, int offset, int partition, byte[] key) {
        Entry entry = entry(global, row, offset, new Location(partition, key));
        if (entry == null) {
            return true;
        }
        if (owner(global, entry) != null) {
            return false;
        }
        put(entry);
        return true;
    }

    /**
     * A row comes, perhaps in place of one. Entries that stay as they are are not even looked at:
     * they may be in partitions that the statement does not reach.
     *
     * @return an index in which another row has its key; null if there is none
     */
    @Nullable IndexDef put(Location at, byte[] row) {
        RowCursor old = new RowCursor();
        boolean replaces = views.view(at.partition()).get(table, at.key(), old);
        for (GlobalIndex global : table.globalIndexes()) {
            Entry before = replaces ? entry(global, old.bytes(), old.offset(), at) : null;
            Entry after = entry(global, row, 0, at);
            if (before != null && after != null && before.at().equals(after.at())) {
                continue;
            }
            if (after != null) {
                if (owner(global, after) != null) {
                    return global.index();
                }
                put(after);
            }
            if (before != null) {
                delete(before);
            }
        }
        return null;
    }

    /** A row goes, if it is there. */
    void delete(Location at) {
        RowCursor old = new RowCursor();
        if (!views.view(at.partition()).get(table, at.key(), old)) {
            return;
        }
        for (GlobalIndex global : table.globalIndexes()) {
            Entry entry = entry(global, old.bytes(), old.offset(), at);
            if (entry != null) {
                delete(entry);
            }
        }
    }

    private void put(Entry entry) {
        views.view(entry.at().partition())
                .put(
                        entry.table(),
                        entry.at().key(),
                        entry.table().layout().encode(entry.values()));
    }

    private void delete(Entry entry) {
        views.view(entry.at().partition()).delete(entry.table(), entry.at().key());
    }

    void truncate() {
        for (GlobalIndex global : table.globalIndexes()) {
            for (int i = 0; i < views.ring().partitions(); i++) {
                views.view(i).truncate(global.entries());
            }
        }
    }
}
