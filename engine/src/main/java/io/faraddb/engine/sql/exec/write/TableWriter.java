package io.faraddb.engine.sql.exec.write;

import io.faraddb.engine.catalog.GlobalIndex;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.RowCursor;
import io.faraddb.engine.type.KeyWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts and deletes rows of one table where they belong, keeping keys unique. For one execution. */
public final class TableWriter {

    private final TableDef table;
    private final Views views;
    private final KeyWriter keys = new KeyWriter();
    private final RowCursor cursor = new RowCursor();
    private final @Nullable GlobalIndexes globals;

    public TableWriter(TableDef table, Views views) {
        this.table = table;
        this.views = views;
        this.globals = table.globalIndexes().isEmpty() ? null : new GlobalIndexes(table, views);
    }

    /** Where a row lives. */
    record Location(int partition, byte[] key) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Location(int otherPartition, byte[] otherKey)
                    && partition == otherPartition
                    && Arrays.equals(key, otherKey);
        }

        @Override
        public int hashCode() {
            return 31 * partition + Arrays.hashCode(key);
        }
    }

    /** Where a new row goes; makes a row id for a table without a primary key. */
    Location locate(@Nullable Object[] values) {
        int partition =
                switch (table.partitioning()) {
                    case Partitioning.ByColumn by -> partition(by, values);
                    case Partitioning.ByRowId byRowId -> views.partitionForNewRow();
                    case Partitioning.Replicated replicated -> views.anyPartition();
                };
        byte[] key =
                table.hasRowId()
                        ? ByteBuffer.allocate(8).putLong(views.nextRowId(partition)).array()
                        : table.primaryKeyOf(values, keys);
        return new Location(partition, key);
    }

    /** Where a row with a row id is after a change: it stays unless its partition changes. */
    Location sameRow(Location old, @Nullable Object[] changed) {
        boolean moves =
                table.partitioning() instanceof Partitioning.ByColumn by
                        && partition(by, changed) != old.partition();
        return moves ? locate(changed) : old;
    }

    private int partition(Partitioning.ByColumn by, @Nullable Object[] values) {
        return views.ring()
                .partitionOf(table.columns().get(by.column()).type().kind(), values[by.column()]);
    }

    /** The row there now. */
    boolean find(Location at, RowCursor into) {
        return views.view(at.partition()).get(table, at.key(), into);
    }

    /** The key of a row with the same values in a unique index, but for the row at own. */
    @Nullable Location duplicate(IndexDef index, byte[] row, Location own) {
        if (!index.unique() || table.hasNullIn(index, row, 0)) {
            return null;
        }
        GlobalIndex global = table.globalIndex(index);
        if (global != null && globals != null) {
            return globals.duplicate(global, row, own);
        }
        byte[] columns = table.indexColumnsOf(index, row, 0, keys);
        PartitionView view = views.view(own.partition());
        byte[] found = view.primaryKeyByUnique(table, index, columns);
        return found == null || Arrays.equals(found, own.key())
                ? null
                : new Location(own.partition(), found);
    }

    /**
     * @throws SqlException 23505 if a row is there already or equals one in a unique index
     */
    void insert(Location at, @Nullable Object[] values) {
        if (find(at, cursor)) {
            throw duplicateKey(table.primaryKeyName(), table.primaryKey(), values);
        }
        put(at, values);
    }

    /** Puts a row in place of the one there, if there is one. */
    void put(Location at, @Nullable Object[] values) {
        byte[] row = table.layout().encode(values);
        for (IndexDef index : table.indexes()) {
            if (table.globalIndex(index) == null && duplicate(index, row, at) != null) {
                throw duplicateKey(index.name(), ValueText.columns(index), values);
            }
        }
        IndexDef taken = globals == null ? null : globals.put(at, row);
        if (taken != null) {
            throw duplicateKey(taken.name(), ValueText.columns(taken), values);
        }
        if (table.replicated()) {
            for (int i = 0; i < views.ring().partitions(); i++) {
                views.view(i).put(table, at.key(), row);
            }
        } else {
            views.view(at.partition()).put(table, at.key(), row);
        }
    }

    /**
     * Puts a changed row in place of the old one.
     *
     * @throws SqlException 23505 if it would go where another is, or equal one in a unique index
     */
    void replace(Location old, Location place, @Nullable Object[] changed) {
        if (place == old) {
            put(old, changed);
        } else {
            delete(old);
            insert(place, changed);
        }
    }

    void delete(Location at) {
        if (globals != null) {
            globals.delete(at);
        }
        if (table.replicated()) {
            for (int i = 0; i < views.ring().partitions(); i++) {
                views.view(i).delete(table, at.key());
            }
        } else {
            views.view(at.partition()).delete(table, at.key());
        }
    }

    /**
     * Inserts a row whose CHECK constraints are known to hold.
     *
     * @throws SqlException 23502 or 23505
     */
    public void insertChecked(@Nullable Object[] values) {
        RowCheck.checkNotNull(table, values);
        insert(locate(values), values);
    }

    /** Deletes all rows. */
    public void truncate() {
        for (int i = 0; i < views.ring().partitions(); i++) {
            views.view(i).truncate(table);
        }
        if (globals != null) {
            globals.truncate();
        }
    }

    private SqlException duplicateKey(
            String constraint, List<Integer> columns, @Nullable Object[] values) {
        return new SqlException(
                        ErrorCode.UNIQUE_VIOLATION,
                        "duplicate key value violates unique constraint \"" + constraint + "\"")
                .detail(ValueText.keyExists(table, columns, values))
                .about(new SqlException.ObjectNames("public", table.name(), null, constraint));
    }
}
