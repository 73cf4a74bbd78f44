package io.faraddb.engine.storage;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.Invariant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** One table's trees in one partition: rows by primary key, and an index tree for each index. */
final class TableStore {

    private TableDef table;
    private Tree rows = new Tree();
    private final Map<Integer, Tree> indexes = new HashMap<>();
    private long lastWriteVersion = Versions.NONE;
    private final RowCursor cursor = new RowCursor();

    TableStore(TableDef table) {
        this.table = table;
        table.indexes().forEach(index -> indexes.put(index.oid(), new Tree()));
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
        rows = loaded;
        lastWriteVersion = version;
        for (IndexDef index : table.indexes()) {
            indexes.put(index.oid(), build(index));
        }
    }

    /** Drops and builds indexes as the new definition says. */
    void redefine(TableDef next) {
        table = next;
        indexes.keySet().removeIf(oid -> next.index(oid) == null);
        for (IndexDef index : next.indexes()) {
            if (!indexes.containsKey(index.oid())) {
                indexes.put(index.oid(), build(index));
            }
        }
    }

    private Tree build(IndexDef index) {
        TreeMap<byte[], byte[]> sorted = new TreeMap<>(java.util.Arrays::compareUnsigned);
        TreeCursor all = rows.cursor(KeyRange.ALL, false);
        while (all.next()) {
            byte[] key = all.key();
            sorted.put(
                    IndexKeys.of(table, index, all.bytes(), all.valueOffset() + Long.BYTES, key),
                    key);
        }
        TreeBuilder builder = new TreeBuilder();
        sorted.forEach(builder::append);
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
        for (IndexDef index : table.indexes()) {
            index(index.oid()).put(IndexKeys.of(table, index, row, 0, key), key);
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
