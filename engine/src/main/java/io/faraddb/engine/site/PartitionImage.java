package io.faraddb.engine.site;

import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.snapshot.SnapshotFileWriter;
import io.faraddb.engine.storage.StoreSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A partition at one position of its log, whole: what a snapshot file holds.
 *
 * @param catalogVersion of the schema that its rows have
 * @param transactions the prepared and decided transactions that are not forgotten, as records to
 *     apply to the rows
 */
public record PartitionImage(
        int partition,
        LogPosition position,
        long catalogVersion,
        StoreSnapshot rows,
        byte[] transactions) {

    static final String TRANSACTIONS = "transactions";

    static PartitionImage of(Partition partition) {
        List<LogRecord> records = new ArrayList<>(partition.prepared().values());
        partition
                .decisions()
                .forEach((transaction, decision) ->
                        records.add(new LogRecord.Decided(transaction, decision.commit())));
        return new PartitionImage(
                partition.id(),
                partition.applied(),
                partition.catalogVersion(),
                partition.store().snapshot(),
                EntryCodec.encode(records));
    }

    /** Rows of all tables. */
    public long rowCount() {
        return rows.tables().stream().mapToLong(table -> table.rows().rows()).sum();
    }

    /** Writes all of it, tables in the order of their oids; {@link PartitionLoader} reads it. */
    public void writeTo(SnapshotFileWriter file) {
        file.section(TRANSACTIONS, transactions);
        rows.tables().stream()
                .sorted(Comparator.comparingInt(table -> table.definition().oid()))
                .forEach(table -> {
                    file.table(table.definition().oid(), table.lastWriteVersion());
                    table.forEach((bytes, key, keyLength, version, row, rowLength) ->
                            file.row(bytes, key, keyLength, version, bytes, row, rowLength));
                });
    }
}
