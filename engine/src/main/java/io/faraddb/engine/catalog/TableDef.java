package io.faraddb.engine.catalog;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.RowLayout;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table: immutable, with what is derived from it (layout of rows, keys) worked out once.
 *
 * <p>The key of a row in the primary tree is its primary key's columns in order, none nullable; a
 * table without a primary key has 8 bytes of hidden row id instead, which no column shows.
 */
public final class TableDef {

    private final int oid;
    private final String name;
    private final List<ColumnDef> columns;
    private final List<Integer> primaryKey;
    private final String primaryKeyName;
    private final Partitioning partitioning;
    private final List<IndexDef> indexes;
    private final List<CheckDef> checks;
    private final RowLayout layout;
    private final int[] visible;
    private final int[] notNull;
    private final List<GlobalIndex> globalIndexes;

    /**
     * @param oid identifies the table for ever, in the log too; never reused
     * @param primaryKey places of its columns; empty for a table with a hidden row id
     * @param primaryKeyName name of the primary key's constraint; empty without one
     */
    public TableDef(
            int oid,
            String name,
            List<ColumnDef> columns,
            List<Integer> primaryKey,
            String primaryKeyName,
            Partitioning partitioning,
            List<IndexDef> indexes,
            List<CheckDef> checks) {
        this.oid = oid;
        this.name = name;
        this.columns = List.copyOf(columns);
        this.primaryKey = List.copyOf(primaryKey);
        this.primaryKeyName = primaryKeyName;
        this.partitioning = partitioning;
        this.indexes = List.copyOf(indexes);
        this.checks = List.copyOf(checks);
        List<SqlType> types = new ArrayList<>();
        List<@Nullable Object> missing = new ArrayList<>();
        for (ColumnDef column : columns) {
            types.add(column.type());
            missing.add(column.missingValue());
        }
        this.layout = new RowLayout(types, missing);
        this.visible =
                java.util.stream.IntStream.range(0, columns.size())
                        .filter(i -> !columns.get(i).dropped())
                        .toArray();
        this.notNull =
                java.util.stream.IntStream.of(visible)
                        .filter(i -> columns.get(i).notNull())
                        .toArray();
        for (int column : primaryKey) {
            Invariant.check(columns.get(column).notNull(), "a key's column is not null");
        }
        this.globalIndexes =
                indexes.stream()
                        .filter(index -> index.unique() && !uniqueInPartition(index))
                        .map(index -> GlobalIndex.of(this, index))
                        .toList();
    }

    /** Whether rows with equal columns of the index meet in one partition. */
    private boolean uniqueInPartition(IndexDef index) {
        return switch (partitioning) {
            case Partitioning.Replicated replicated -> true;
            case Partitioning.ByRowId byRowId -> false;
            case Partitioning.ByColumn by ->
                    index.columns().stream().anyMatch(part -> part.column() == by.column());
        };
    }

    public int oid() {
        return oid;
    }

    public String name() {
        return name;
    }

    /** All columns, dropped ones too: a column's place here is its place in packed rows. */
    public List<ColumnDef> columns() {
        return columns;
    }

    /** Places of the columns that SQL sees, in order. */
    public int[] visibleColumns() {
        return visible.clone();
    }

    /** A visible column that may not be null and is; null if there is none. */
    public @Nullable ColumnDef nullWhereNoneMayBe(@Nullable Object[] values) {
        for (int column : notNull) {
            if (values[column] == null) {
                return columns.get(column);
            }
        }
        return null;
    }

    public List<Integer> primaryKey() {
        return primaryKey;
    }

    public String primaryKeyName() {
        return primaryKeyName;
    }

    public boolean hasRowId() {
        return primaryKey.isEmpty();
    }

    public Partitioning partitioning() {
        return partitioning;
    }

    public boolean replicated() {
        return partitioning instanceof Partitioning.Replicated;
    }

    public List<IndexDef> indexes() {
        return indexes;
    }

    /** Those of its unique indexes that need entries of their own. */
    public List<GlobalIndex> globalIndexes() {
        return globalIndexes;
    }

    /** How an index is kept unique over all partitions; null if each partition can do it alone. */
    public @Nullable GlobalIndex globalIndex(IndexDef index) {
        for (GlobalIndex global : globalIndexes) {
            if (global.index().equals(index)) {
                return global;
            }
        }
        return null;
    }

    public List<CheckDef> checks() {
        return checks;
    }

    public RowLayout layout() {
        return layout;
    }

    /** Place of a visible column by name; -1 if there is none. */
    public int columnIndex(String columnName) {
        for (int i : visible) {
            if (columns.get(i).name().equals(columnName)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * The primary key of a row.
     *
     * @param values of all columns, in order
     */
    public byte[] primaryKeyOf(@Nullable Object[] values, KeyWriter writer) {
        writer.reset();
        for (int column : primaryKey) {
            Object value = Invariant.notNull(values[column], "a key's column is not null");
            writer.value(columns.get(column).type().kind(), value, false);
        }
        return writer.toBytes();
    }

    /** The columns of an index, without the primary key; from a packed row. */
    public byte[] indexColumnsOf(IndexDef index, byte[] row, int offset, KeyWriter writer) {
        writer.reset();
        for (IndexDef.IndexColumn part : index.columns()) {
            writer.nullable(
                    columns.get(part.column()).type().kind(),
                    layout.column(row, offset, part.column()),
                    part.descending());
        }
        return writer.toBytes();
    }

    /** Whether a column of the index is null in the row: then the row is like no other. */
    public boolean hasNullIn(IndexDef index, byte[] row, int offset) {
        for (IndexDef.IndexColumn part : index.columns()) {
            if (layout.isNull(row, offset, part.column())) {
                return true;
            }
        }
        return false;
    }

    public @Nullable IndexDef index(int indexOid) {
        for (IndexDef index : indexes) {
            if (index.oid() == indexOid) {
                return index;
            }
        }
        return null;
    }

    public TableDef withName(String newName) {
        return new TableDef(
                oid, newName, columns, primaryKey, primaryKeyName, partitioning, indexes, checks);
    }

    public TableDef withColumns(List<ColumnDef> newColumns) {
        return new TableDef(
                oid, name, newColumns, primaryKey, primaryKeyName, partitioning, indexes, checks);
    }

    public TableDef withIndexes(List<IndexDef> newIndexes) {
        return new TableDef(
                oid, name, columns, primaryKey, primaryKeyName, partitioning, newIndexes, checks);
    }

    public TableDef withChecks(List<CheckDef> newChecks) {
        return new TableDef(
                oid, name, columns, primaryKey, primaryKeyName, partitioning, indexes, newChecks);
    }
}
