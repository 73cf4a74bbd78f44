package io.faraddb.engine.storage;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.Invariant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * One table's trees in one partition: rows by primary key, and an index tree for each index. While
 * rows come from a snapshot or are replayed there are no index trees: old changes need not fit
 * today's indexes, and building a tree of sorted entries at the end is faster.
 */
final class TableStore {

    private TableDef table;
    private Tree rows = new Tree();
    private final Map<Integer, Tree> indexes = new HashMap<>();
    private boolean indexed;
    private long lastWriteVersion = Versions.NONE;
    private final RowCursor cursor = new RowCursor();

    /**
     * @param indexed whether index trees are kept from now on
     */
    TableStore(TableDef table, boolean indexed) {
        this.table = table;
        this.indexed = indexed;
        redefine(table);
    }

    TableDef table() {
        return table;
    }

    Tree rows() {
        return rows;
    }

    Tree index(int oid) {
        return Invariant.notNull(indexes.get(oid), "an index of the catalog has a tree");
    }

    long lastWriteVersion() {
        return lastWriteVersion;
    }

    /** Takes rows that come from a snapshot file, sorted. */
    void load(Tree loaded, long version) {
        Invariant.check(!indexed, "rows are loaded before indexes are built");
        rows = loaded;
        lastWriteVersion = version;
    }

    /** Builds all index trees, and keeps them from now on. */
    void buildIndexes() {
        indexed = true;
        redefine(table);
    }

    /** Drops and builds indexes as the definition says. */
    void redefine(TableDef next) {
        table = next;
        indexes.keySet().removeIf(oid -> next.index(oid) == null);
        if (!indexed) {
            return;
        }
        for (IndexDef index : next.indexes()) {
            if (!indexes.containsKey(index.oid())) {
                indexes.put(index.oid(), build(index));
            }
        }
    }

    private record IndexEntry(byte[] key, byte[] primaryKey) {}

    private Tree build(IndexDef index) {
        IndexEntry[] entries = new IndexEntry[Math.toIntExact(rows.rows())];
        TreeCursor all = rows.cursor(KeyRange.ALL, false);
        for (int i = 0; all.next(); i++) {
            byte[] key = all.key();
            int row = all.valueOffset() + Long.BYTES;
            entries[i] = new IndexEntry(IndexKeys.of(table, index, all.bytes(), row, key), key);
        }
        Arrays.sort(entries, (a, b) -> KeyOrder.compare(a.key(), b.key()));
        TreeBuilder builder = new TreeBuilder();
        for (IndexEntry entry : entries) {
            builder.append(entry.key(), entry.primaryKey());
        }
        return builder.build();
    }

    /** Takes the index entries of the row at a key away; both halves of a change use it. */
    void removeIndexEntries(byte[] key) {
        if (indexes.isEmpty() || !rows.get(key, 0, key.length, cursor)) {
            return;
        }
        cursor.splitVersion();
        for (IndexDef index : table.indexes()) {
            index(index.oid())
                    .delete(IndexKeys.of(table, index, cursor.bytes(), cursor.offset(), key));
        }
    }

    void put(byte[] key, byte[] row, long version) {
        rows.place(key, 0, key.length, row.length + Long.BYTES, cursor);
        KeyOrder.LONG.set(cursor.bytes(), cursor.offset(), version);
        System.arraycopy(row, 0, cursor.bytes(), cursor.offset() + Long.BYTES, row.length);
        if (!indexes.isEmpty()) {
            for (IndexDef index : table.indexes()) {
                index(index.oid()).put(IndexKeys.of(table, index, row, 0, key), key);
            }
        }
        lastWriteVersion = version;
    }

    void delete(byte[] key, long version) {
        rows.delete(key);
        lastWriteVersion = version;
    }

    void truncate(long version) {
        rows = new Tree();
        indexes.replaceAll((oid, tree) -> new Tree());
        lastWriteVersion = version;
    }

    StoreSnapshot.Table snapshot() {
        Map<Integer, TreeReader> frozen = new HashMap<>();
        indexes.forEach((oid, tree) -> frozen.put(oid, tree.snapshot()));
        return new StoreSnapshot.Table(table, rows.snapshot(), frozen, lastWriteVersion);
    }
}
