package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.sql.exec.write.ValueText;
import io.faraddb.engine.storage.KeyRange;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.RowCursor;
import io.faraddb.engine.storage.ScanCursor;
import io.faraddb.engine.txn.Transactions;
import io.faraddb.engine.txn.Waits;
import io.faraddb.engine.type.KeyWriter;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks at all rows of a table, while everything stands still. */
final class RowInspection {

    private final Transactions transactions;

    RowInspection(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Takes each row, all columns in the table's order. */
    @FunctionalInterface
    interface RowVisitor {
        void row(@Nullable Object[] values);
    }

    /** Takes each row where it lies. */
    @FunctionalInterface
    interface PackedRowVisitor {
        void row(int partition, byte[] key, RowCursor row);
    }

    void forEach(TableDef table, RowVisitor visitor) {
        forEachPacked(
                table,
                (partition, key, row) ->
                        visitor.row(table.layout().decode(row.bytes(), row.offset())));
    }

    void forEachPacked(TableDef table, PackedRowVisitor visitor) {
        for (SiteThread site : transactions.partitions().sites()) {
            ScanCursor rows = scan(site, table);
            while (rows.next()) {
                visitor.row(site.partition(), rows.primaryKey(), rows.row());
            }
            if (table.replicated()) {
                return;
            }
        }
    }

    private static ScanCursor scan(SiteThread site, TableDef table) {
        PartitionView view = PartitionView.of(Waits.join(site.snapshot()));
        return view.scan(table, null, KeyRange.ALL, false);
    }

    /**
     * @throws SqlException 23505 if two rows of a partition are equal in the index's columns
     */
    void requireUnique(TableDef table, IndexDef index) {
        KeyWriter writer = new KeyWriter(2 * KeyWriter.KEY_BYTES_MAX);
        for (SiteThread site : transactions.partitions().sites()) {
            Set<ByteBuffer> seen = new HashSet<>();
            ScanCursor rows = scan(site, table);
            while (rows.next()) {
                byte[] row = rows.row().bytes();
                int offset = rows.row().offset();
                if (!table.hasNullIn(index, row, offset)
                        && !seen.add(
                                ByteBuffer.wrap(
                                        table.indexColumnsOf(index, row, offset, writer)))) {
                    throw notUnique(table, index, rows.row());
                }
            }
        }
    }

    static SqlException notUnique(TableDef table, IndexDef index, RowCursor row) {
        @Nullable Object[] values = table.layout().decode(row.bytes(), row.offset());
        return new SqlException(
                        ErrorCode.UNIQUE_VIOLATION,
                        "could not create unique index \"" + index.name() + "\"")
                .detail(ValueText.keyIsDuplicated(table, index, values))
                .about(new SqlException.ObjectNames("public", table.name(), null, index.name()));
    }

    boolean isEmpty(TableDef table) {
        for (SiteThread site : transactions.partitions().sites()) {
            if (scan(site, table).next()) {
                return false;
            }
        }
        return true;
    }
}
