package io.faraddb.engine.storage;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts and deletes over committed rows, sorted, with the index entries that go with them. What a
 * transaction has written, or what a site has executed and its log not yet committed.
 */
public final class Overlay {

    private final Map<Integer, TableOverlay> tables = new LinkedHashMap<>(4);

    /**
     * What stands at a key.
     *
     * @param value a packed row, or an index entry's primary key; null when deleted
     * @param sequence of the transaction that wrote it; 0 in a transaction's own overlay
     */
    record Entry(byte @Nullable [] value, long sequence) {}

    /** One table's part. */
    static final class TableOverlay {
        private final TreeMap<byte[], Entry> rows = new TreeMap<>(Arrays::compareUnsigned);
        private final Map<Integer, TreeMap<byte[], Entry>> indexes = new HashMap<>(2);
        private long truncated = NEVER;

        private static final long NEVER = -1;

        /** Whether the rows below are hidden. */
        boolean hidesBase() {
            return truncated != NEVER;
        }

        TreeMap<byte[], Entry> rows() {
            return rows;
        }

        /** Entries of an index; empty if none was changed. */
        TreeMap<byte[], Entry> index(int oid) {
            return indexes.computeIfAbsent(oid, unused -> new TreeMap<>(Arrays::compareUnsigned));
        }

        Map<Integer, TreeMap<byte[], Entry>> indexes() {
            return indexes;
        }

        private void truncate(long sequence) {
            rows.clear();
            indexes.clear();
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

    /** What a transaction's changes look like over a partition's rows. */
    public static Overlay of(Changes changes, PartitionStore store) {
        Overlay overlay = new Overlay();
        PartitionView view = PartitionView.over(store, overlay);
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
        for (TableOverlay table : tables.values()) {
            if (!table.empty()) {
                return false;
            }
        }
        return true;
    }

    @Nullable TableOverlay table(int oid) {
        return tables.get(oid);
    }

    Map<Integer, TableOverlay> tables() {
        return tables;
    }

    private TableOverlay own(int oid) {
        TableOverlay table = tables.get(oid);
        if (table == null) {
            table = new TableOverlay();
            tables.put(oid, table);
        }
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
        for (Map.Entry<Integer, TableOverlay> changed : later.tables.entrySet()) {
            TableOverlay from = changed.getValue();
            TableOverlay into = own(changed.getKey());
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

    /** Takes out what transactions up to one have written, unless it was overwritten since. */
    public void forgetThrough(long sequence) {
        tables.values().forEach(table -> table.forgetThrough(sequence));
        tables.values().removeIf(TableOverlay::empty);
    }

    public void clear() {
        tables.clear();
    }

    /** Rows written or deleted. */
    public int rowCount() {
        int count = 0;
        for (TableOverlay table : tables.values()) {
            count += table.rows.size();
        }
        return count;
    }

    /** As the log carries them. */
    public Changes toChanges() {
        List<Changes.Change> changes = new ArrayList<>();
        for (Map.Entry<Integer, TableOverlay> entry : tables.entrySet()) {
            int oid = entry.getKey();
            if (entry.getValue().hidesBase()) {
                changes.add(new Changes.Change(oid, null, null));
            }
            entry.getValue()
                    .rows
                    .forEach((key, row) -> changes.add(new Changes.Change(oid, key, row.value())));
        }
        return Changes.of(changes);
    }
}
