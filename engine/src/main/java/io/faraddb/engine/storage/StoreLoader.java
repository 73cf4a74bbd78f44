package io.faraddb.engine.storage;

import org.jspecify.annotations.Nullable;

/** Fills the trees of a new store, table by table, with rows in the order of their keys. */
public final class StoreLoader {

    private final PartitionStore store;
    private @Nullable TreeBuilder builder;
    private int table;
    private long lastWriteVersion;

    StoreLoader(PartitionStore store) {
        this.store = store;
    }

    /** The rows that follow are this table's; they are passed over if it was dropped since. */
    public void table(int oid, long newLastWriteVersion) {
        finish();
        table = oid;
        lastWriteVersion = newLastWriteVersion;
        builder = store.definition(oid) == null ? null : new TreeBuilder();
    }

    public void row(byte[] key, long version, byte[] row) {
        if (builder != null) {
            RowCursor room = builder.append(key, 0, key.length, row.length + Long.BYTES);
            KeyOrder.LONG.set(room.bytes(), room.offset(), version);
            System.arraycopy(row, 0, room.bytes(), room.offset() + Long.BYTES, row.length);
        }
    }

    /** All rows were given. */
    public void finish() {
        if (builder != null) {
            store.load(table, builder.build(), lastWriteVersion);
            builder = null;
        }
    }
}
