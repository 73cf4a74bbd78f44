package io.faraddb.engine.storage;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.GlobalIndex;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.Invariant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The committed rows of one partition. Owned by one thread; {@link #apply} is the only way to
 * change rows, and does the same everywhere it is given the same.
 */
public final class PartitionStore implements StoreReader {

    private OidMap<TableStore> tables = OidMap.of(Map.of());
    private long catalogVersion;
    private boolean indexed;

    /**
     * Makes and drops trees as the catalog says, and builds new indexes, once {@link #buildIndexes}
     * was called.
     */
    public void adopt(Catalog catalog) {
        Map<Integer, TableDef> stored = catalog.storedTables();
        Map<Integer, TableStore> next = new HashMap<>();
        for (TableDef table : stored.values()) {
            TableStore store = tables.get(table.oid());
            if (store == null) {
                store = new TableStore(table, indexed);
            } else {
                store.redefine(table);
            }
            next.put(table.oid(), store);
        }
        tables = OidMap.of(next);
        catalogVersion = catalog.version();
    }

    /** Of the catalog that it went over to last. */
    public long catalogVersion() {
        return catalogVersion;
    }

    /**
     * Applies one transaction's changes. Those to tables that were dropped since are passed over.
     *
     * @param version of the rows that it writes
     */
    public void apply(Changes changes, long version) {
        // All old index entries go before any new one comes: rows may swap unique values.
        for (Changes.Change change : changes.list()) {
            TableStore table = tables.get(change.table());
            if (table != null) {
                byte[] key = change.key();
                if (key == null) {
                    table.truncate(version);
                } else {
                    table.removeIndexEntries(key);
                }
            }
        }
        for (Changes.Change change : changes.list()) {
            TableStore table = tables.get(change.table());
            byte[] key = change.key();
            if (table != null && key != null) {
                byte[] row = change.row();
                if (row == null) {
                    table.delete(key, version);
                } else {
                    table.put(key, row, version);
                }
            }
        }
    }

    /** All rows of earlier runs are there: builds the indexes, and keeps them from now on. */
    public void buildIndexes() {
        indexed = true;
        tables.values().forEach(TableStore::buildIndexes);
    }

    /** Takes rows of a snapshot file, before any other. */
    public StoreLoader loader() {
        return new StoreLoader(this);
    }

    void load(int table, Tree rows, long lastWriteVersion) {
        TableStore store = tables.get(table);
        if (store != null) {
            store.load(rows, lastWriteVersion);
        }
    }

    /** The rows as they are now. */
    public StoreSnapshot snapshot() {
        return new StoreSnapshot(catalogVersion, tables.map(TableStore::snapshot));
    }

    /** What each table takes. Costs nothing afterwards, unlike a snapshot. */
    public List<TableSize> sizes() {
        List<TableSize> sizes = new ArrayList<>();
        for (TableStore store : tables.values()) {
            if (!GlobalIndex.isEntries(store.table())) {
                sizes.add(size(store));
            }
        }
        return sizes;
    }

    private TableSize size(TableStore store) {
        TableSize size = store.size();
        for (GlobalIndex global : store.table().globalIndexes()) {
            TableSize entries = table(global.entries().oid()).size();
            size = size.plusIndex(global.index().oid(), entries.rowBytes());
        }
        return size;
    }

    @Override
    public @Nullable TreeReader rows(int table) {
        TableStore store = tables.get(table);
        return store == null ? null : store.rows();
    }

    private TableStore table(int oid) {
        return Invariant.notNull(tables.get(oid), "a table of the catalog has a tree");
    }

    @Override
    public TreeReader index(int table, int index) {
        return table(table).index(index);
    }

    @Override
    public long lastWriteVersion(int table) {
        return table(table).lastWriteVersion();
    }

    /** A table's definition; null if it was dropped. */
    @Nullable TableDef definition(int table) {
        TableStore store = tables.get(table);
        return store == null ? null : store.table();
    }
}
