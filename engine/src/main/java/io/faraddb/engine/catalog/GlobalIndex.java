package io.faraddb.engine.catalog;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps an index unique whose columns lack its table's partitioning column: rows with equal
 * keys may lie in different partitions, so the keys have a table of their own, partitioned by the
 * key, in which each names its row. Rows with a null in the key are like no other and have no
 * entry.
 *
 * @param index as the table defines it; its partitions keep their share of it for reading
 * @param entries the table of keys; its oid is the index's, negated, so the two come and go
 *     together
 */
public record GlobalIndex(IndexDef index, TableDef entries) {

    static GlobalIndex of(TableDef table, IndexDef index) {
        List<ColumnDef> columns = new ArrayList<>();
        List<Integer> key = new ArrayList<>();
        for (IndexDef.IndexColumn part : index.columns()) {
            ColumnDef column = table.columns().get(part.column());
            key.add(columns.size());
            columns.add(new ColumnDef(column.name(), column.type(), true, null, null, false));
        }
        columns.add(new ColumnDef("row_partition", SqlType.INTEGER, true, null, null, false));
        columns.add(new ColumnDef("row_key", SqlType.BYTEA, true, null, null, false));
        return new GlobalIndex(
                index,
                new TableDef(
                        -index.oid(),
                        index.name(),
                        columns,
                        key,
                        index.name(),
                        new Partitioning.ByColumn(0),
                        List.of(),
                        List.of()));
    }

    /** Whether a table is the entries of a global index. */
    public static boolean isEntries(TableDef table) {
        return table.oid() < 0;
    }

    /**
     * The entry of a row.
     *
     * @param row packed, as the table lays it out
     * @param partition where the row lies
     * @param key of the row
     * @return values of all columns of the entries; null if the key has a null
     */
    public @Nullable Object @Nullable [] entry(
            TableDef table, byte[] row, int offset, int partition, byte[] key) {
        if (table.hasNullIn(index, row, offset)) {
            return null;
        }
        List<IndexDef.IndexColumn> parts = index.columns();
        @Nullable Object[] entry = new @Nullable Object[parts.size() + 2];
        for (int i = 0; i < parts.size(); i++) {
            entry[i] = table.layout().column(row, offset, parts.get(i).column());
        }
        entry[parts.size()] = (long) partition;
        entry[parts.size() + 1] = key;
        return entry;
    }

    /** The partition of the row that an entry names. */
    public int rowPartition(@Nullable Object[] entry) {
        return Math.toIntExact((Long) value(entry, index.columns().size()));
    }

    /** The key of the row that an entry names. */
    public byte[] rowKey(@Nullable Object[] entry) {
        return (byte[]) value(entry, index.columns().size() + 1);
    }

    private static Object value(@Nullable Object[] entry, int column) {
        return Invariant.notNull(entry[column], "an entry names its row");
    }
}
