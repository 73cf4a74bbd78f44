package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.GlobalIndex;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.exec.write.GlobalIndexes;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.txn.Transactions;
import java.util.ArrayList;
import java.util.List;

/** Adds an index to a table that may have rows, while everything else stands still. */
final class IndexBuild {

    private final SchemaChanges changes;
    private final Object owner;
    private final SchemaChanges.Context context;
    private final RowInspection rows;

    /**
     * @param owner the token under which rows are written
     */
    IndexBuild(SchemaChanges changes, Object owner, SchemaChanges.Context context) {
        this.changes = changes;
        this.owner = owner;
        this.context = context;
        this.rows = new RowInspection(changes.transactions());
    }

    /**
     * @return the catalog with it
     * @throws io.faraddb.engine.error.SqlException 23505 if it has to be unique and rows are not
     */
    Catalog add(TableDef table, IndexDef index) {
        List<IndexDef> indexes = new ArrayList<>(table.indexes());
        indexes.add(index);
        TableDef next = table.withIndexes(indexes);
        GlobalIndex global = next.globalIndex(index);
        if (global != null) {
            return addGlobal(next, global);
        }
        if (index.unique()) {
            rows.requireUnique(table, index);
        }
        return changes.commit(new CatalogChange.PutTable(next));
    }

    /** Its entries are a table that nobody knows, until all are there and the index takes it. */
    private Catalog addGlobal(TableDef next, GlobalIndex global) {
        int entries = global.entries().oid();
        changes.commit(
                new CatalogChange.PutTable(
                        global.entries()
                                .withName(UnfinishedChanges.PREFIX + global.index().oid())));
        try {
            addEntries(next, global);
        } catch (RuntimeException failure) {
            changes.commit(new CatalogChange.DropTable(entries));
            throw failure;
        }
        Catalog catalog =
                changes.commit(
                        new CatalogChange.All(
                                List.of(
                                        new CatalogChange.DropTable(entries),
                                        new CatalogChange.PutTable(next))));
        SchemaChanges.noteGlobalIndex(global, context);
        return catalog;
    }

    private void addEntries(TableDef table, GlobalIndex global) {
        Transactions transactions = changes.transactions();
        OptimisticTransaction transaction = transactions.begin();
        transaction.touchAll();
        GlobalIndexes entries = new GlobalIndexes(table, transaction);
        rows.forEachPacked(
                table,
                (partition, key, row) -> {
                    context.calls().memory().requireRoom();
                    if (!entries.add(global, row.bytes(), row.offset(), partition, key)) {
                        throw RowInspection.notUnique(table, global.index(), row);
                    }
                });
        transactions.commitAlone(transaction, owner);
    }
}
