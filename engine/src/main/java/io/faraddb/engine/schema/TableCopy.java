package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.sql.exec.write.TableWriter;
import io.faraddb.engine.txn.OptimisticTransaction;
import io.faraddb.engine.txn.Transactions;

/** Copies rows from one table to another with the same columns and another key. */
final class TableCopy {

    private final Transactions transactions;
    private final RowInspection rows;
    private final MemoryLimits memory;

    TableCopy(Transactions transactions, RowInspection rows, MemoryLimits memory) {
        this.transactions = transactions;
        this.rows = rows;
        this.memory = memory;
    }

    void copy(TableDef from, TableDef to, Object owner) {
        OptimisticTransaction transaction = transactions.begin();
        transaction.touchAll();
        TableWriter writer = new TableWriter(to, transaction);
        rows.forEach(
                from,
                values -> {
                    memory.requireRoom();
                    writer.insertChecked(values);
                });
        transactions.commitAlone(transaction, owner);
    }
}
