package io.faraddb.engine.site;

import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.storage.StoreSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * A partition at one position of its log, whole: what a snapshot file holds.
 *
 * @param transactions the prepared and decided transactions that are not forgotten, as records to
 *     apply to the rows
 */
public record PartitionImage(
        int partition, LogPosition position, StoreSnapshot rows, byte[] transactions) {

    static PartitionImage of(Partition partition) {
        List<LogRecord> records = new ArrayList<>(partition.prepared().values());
        partition
                .decisions()
                .forEach((transaction, decision) ->
                        records.add(new LogRecord.Decided(transaction, decision.commit())));
        return new PartitionImage(
                partition.id(),
                partition.applied(),
                partition.store().snapshot(),
                EntryCodec.encode(records));
    }
}
