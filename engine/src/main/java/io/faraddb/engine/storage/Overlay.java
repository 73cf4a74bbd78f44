package io.faraddb.engine.storage;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts and deletes over committed rows, sorted, with the index entries that go with them. What a
 * transaction has written, or what a site has executed and its log not yet committed.
 */
public final class Overlay {

    /** Few, so that looking at each is the fastest way to one. */
    private final List<TableOverlay> tables = new ArrayList<>(4);

    /**
     * What stands at a key.
     *
     * @param value a packed row, or an index entry's primary key; null when deleted
     * @param sequence of the transaction that wrote it; 0 in a transaction's own overlay
     */
    record Entry(byte @Nullable [] value, long sequence) {}

    /** One table's part. */
    static final class TableOverlay {
        private final int oid;
        private final TreeMap<byte[], Entry> rows = new TreeMap<>(KeyOrder::compare);
        private Map<Integer, TreeMap<byte[], Entry>> indexes = Map.of();
        private long truncated = NEVER;

        private static final long NEVER = -1;

        private TableOverlay(int oid) {
            this.oid = oid;
        }

        /** Whether the rows below are hidden. */
        boolean hidesBase() {
            return truncated != NEVER;
        }

        int oid() {
            return oid;
        }

        TreeMap<byte[], Entry> rows() {
            return rows;
        }

        /** Entries of an index; empty if none was changed. */
        TreeMap<byte[], Entry> index(int oid) {
            if (indexes.isEmpty()) {
                indexes = new HashMap<>();
            }
            return indexes.computeIfAbsent(oid, unused -> new TreeMap<>(KeyOrder::compare));
        }

        Map<Integer, TreeMap<byte[], Entry>> indexes() {
            return indexes;
        }

        private void truncate(long sequence) {
            rows.clear();
            indexes = Map.of();
            truncated = sequence;
        }

        private void forgetThrough(long sequence) {
            rows.values().removeIf(entry -> entry.sequence() <= sequence);
            indexes.values()
                    .forEach(entries ->
                            entries.values().removeIf(entry -> entry.sequence() <= sequence));
            if (truncated <= sequence) {
                truncated = NEVER;
            }
        }

        private boolean empty() {
            return rows.isEmpty() && !hidesBase();
        }
    }

    /**
     * What a transaction's changes look like over a partition's rows.
     *
     * @param pending on top of the rows and below the changes; null for nothing
     */
    public static Overlay of(Changes changes, PartitionStore store, @Nullable Overlay pending) {
        Overlay overlay = new Overlay();
        PartitionView view = PartitionView.over(store, pending, overlay);
        for (Changes.Change change : changes.list()) {
            TableDef table = store.definition(change.table());
            byte[] key = change.key();
            byte[] row = change.row();
            if (table == null) {
                continue;
            }
            if (key == null) {
                view.truncate(table);
            } else if (row == null) {
                view.delete(table, key);
            } else {
                view.put(table, key, row);
            }
        }
        return overlay;
    }

    public boolean isEmpty() {
        for (TableOverlay table : tables) {
            if (!table.empty()) {
                return false;
            }
        }
        return true;
    }

    List<TableOverlay> tables() {
        return tables;
    }

    @Nullable TableOverlay table(int oid) {
        for (int i = 0; i < tables.size(); i++) {
            TableOverlay table = tables.get(i);
            if (table.oid == oid) {
                return table;
            }
        }
        return null;
    }

    private TableOverlay own(int oid) {
        TableOverlay known = table(oid);
        if (known != null) {
            return known;
        }
        TableOverlay table = new TableOverlay(oid);
        tables.add(table);
        return table;
    }

    /**
     * Writes a row, or deletes it.
     *
     * @param old the row before, for the indexes; null if there was none
     */
    void write(TableDef table, byte[] key, byte @Nullable [] row, byte @Nullable [] old) {
        TableOverlay own = own(table.oid());
        own.rows.put(key, new Entry(row, 0));
        for (IndexDef index : table.indexes()) {
            TreeMap<byte[], Entry> entries = own.index(index.oid());
            if (old != null) {
                entries.put(IndexKeys.of(table, index, old, 0, key), new Entry(null, 0));
            }
            if (row != null) {
                entries.put(IndexKeys.of(table, index, row, 0, key), new Entry(key, 0));
            }
        }
    }

    void truncate(TableDef table) {
        own(table.oid()).truncate(0);
    }

    /** Lays what a later transaction has written on top. */
    public void merge(Overlay later, long sequence) {
        for (TableOverlay from : later.tables) {
            TableOverlay into = own(from.oid);
            if (from.hidesBase()) {
                into.truncate(sequence);
            }
            from.rows.forEach(
                    (key, entry) -> into.rows.put(key, new Entry(entry.value(), sequence)));
            from.indexes.forEach((oid, entries) -> {
                TreeMap<byte[], Entry> target = into.index(oid);
                entries.forEach(
                        (key, entry) -> target.put(key, new Entry(entry.value(), sequence)));
            });
        }
    }

    /** A transaction's own overlay as it is now. */
    Overlay copy() {
        Overlay copy = new Overlay();
        copy.merge(this, 0);
        return copy;
    }

    /** Takes out what transactions up to one have written, unless it was overwritten since. */
    public void forgetThrough(long sequence) {
        tables.forEach(table -> table.forgetThrough(sequence));
        tables.removeIf(TableOverlay::empty);
    }

    public void clear() {
        tables.clear();
    }

    /** Rows written or deleted. */
    public int rowCount() {
        int count = 0;
        for (TableOverlay table : tables) {
            count += table.rows.size();
        }
        return count;
    }

    /** As the log carries them. */
    public Changes toChanges() {
        List<Changes.Change> changes = new ArrayList<>(rowCount() + 1);
        for (TableOverlay written : tables) {
            int table = written.oid;
            if (written.hidesBase()) {
                changes.add(new Changes.Change(table, null, null));
            }
            written.rows.forEach(
                    (key, row) -> changes.add(new Changes.Change(table, key, row.value())));
        }
        return Changes.of(changes);
    }
}
