package io.faraddb.engine.storage;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.type.KeyWriter;

/**
 * Keys of index trees. A unique index without nulls has its columns as key; any other has the
 * primary key behind them. The value is the primary key always.
 */
final class IndexKeys {

    private IndexKeys() {}

    static byte[] of(TableDef table, IndexDef index, byte[] row, int offset, byte[] primaryKey) {
        KeyWriter writer = new KeyWriter(2 * KeyWriter.KEY_BYTES_MAX);
        byte[] columns = table.indexColumnsOf(index, row, offset, writer);
        if (index.unique() && !table.hasNullIn(index, row, offset)) {
            return columns;
        }
        return writer.reset().raw(columns).raw(primaryKey).toBytes();
    }
}
