package io.faraddb.engine.storage;

import java.util.HashMap;
import java.util.Map;

/**
 * What a table takes in one partition.
 *
 * @param table oid
 * @param rowBytes of heap that the rows take, with the pages that hold them
 * @param indexBytes of heap that each secondary index takes, by its oid
 */
public record TableSize(int table, long rows, long rowBytes, Map<Integer, Long> indexBytes) {

    public TableSize {
        indexBytes = Map.copyOf(indexBytes);
    }

    TableSize plusIndex(int index, long bytes) {
        Map<Integer, Long> more = new HashMap<>(indexBytes);
        more.merge(index, bytes, Long::sum);
        return new TableSize(table, rows, rowBytes, more);
    }

    /** Of all indexes. */
    public long allIndexBytes() {
        return indexBytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
