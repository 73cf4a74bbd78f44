package io.faraddb.console.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table, with what it takes.
 *
 * @param primaryKey its columns; empty for a table with a hidden row id
 * @param partitionColumn null for a replicated table and one without a primary key
 * @param replicated whether every partition has all rows
 * @param checks as they were declared
 * @param rows of one copy
 * @param bytes of heap, rows and indexes, in all partitions
 * @param rowBytes of it what rows take
 * @param indexBytes of it what secondary indexes take
 * @param byPartition the same for each partition
 */
public record Table(
        String name,
        List<Column> columns,
        List<String> primaryKey,
        @Nullable String partitionColumn,
        boolean replicated,
        List<Index> indexes,
        List<String> checks,
        long rows,
        long bytes,
        long rowBytes,
        long indexBytes,
        List<Share> byPartition) {

    /** A column; the default as it was declared. */
    public record Column(
            String name, String type, boolean notNull, @Nullable String defaultValue) {}

    /** A secondary index; columns in order, with DESC behind the descending ones. */
    public record Index(String name, List<String> columns, boolean unique, long bytes) {}

    /** What one partition has. */
    public record Share(int partition, long rows, long rowBytes, long indexBytes) {}
}
