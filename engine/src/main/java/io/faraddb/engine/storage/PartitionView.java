package io.faraddb.engine.storage;

import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.storage.Overlay.Entry;
import io.faraddb.engine.storage.Overlay.TableOverlay;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One partition as one transaction sees it: committed rows, perhaps what is pending on top of them,
 * perhaps what the transaction itself has written. One thread at a time.
 */
public final class PartitionView {

    private final StoreReader base;
    private final @Nullable Overlay pending;
    private final @Nullable Overlay own;
    private final @Nullable ReadSet reads;
    private final @Nullable Reservations reservations;

    private PartitionView(
            StoreReader base,
            @Nullable Overlay pending,
            @Nullable Overlay own,
            @Nullable ReadSet reads,
            @Nullable Reservations reservations) {
        this.base = base;
        this.pending = pending;
        this.own = own;
        this.reads = reads;
        this.reservations = reservations;
    }

    /** What is committed now: for reading on the site. */
    public static PartitionView committed(PartitionStore store, Reservations reservations) {
        return new PartitionView(store, null, null, null, reservations);
    }

    /** What a transaction on the site works in. */
    public static PartitionView working(
            PartitionStore store, Reservations reservations, Overlay pending, Overlay own) {
        return new PartitionView(store, pending, own, null, reservations);
    }

    /** What is committed and pending now: for checking what was read. */
    public static PartitionView pending(PartitionStore store, Overlay pending) {
        return new PartitionView(store, pending, null, null, null);
    }

    /** What an optimistic transaction works in. */
    public static PartitionView optimistic(StoreSnapshot snapshot, Overlay own, ReadSet reads) {
        return new PartitionView(snapshot, null, own, reads, null);
    }

    /** A snapshot. */
    public static PartitionView of(StoreSnapshot snapshot) {
        return new PartitionView(snapshot, null, null, null, null);
    }

    /** This view, without what it is given to write from now on. */
    public PartitionView frozen() {
        return new PartitionView(
                base, pending, own == null ? null : own.copy(), reads, reservations);
    }

    static PartitionView over(PartitionStore store, @Nullable Overlay pending, Overlay own) {
        return new PartitionView(store, pending, own, null, null);
    }

    private static @Nullable TableOverlay layer(@Nullable Overlay overlay, TableDef table) {
        return overlay == null ? null : overlay.table(table.oid());
    }

    private @Nullable Reservations reserved() {
        return reservations == null || reservations.isEmpty() ? null : reservations;
    }

    /**
     * Looks a row up.
     *
     * @param into points to the packed row afterwards, if there is one
     * @return whether there is
     */
    public boolean get(TableDef table, byte[] key, RowCursor into) {
        TableOverlay mine = layer(own, table);
        if (mine != null) {
            Entry entry = mine.rows().get(key);
            if (entry != null || mine.hidesBase()) {
                return point(entry, into);
            }
        }
        Reservations reserved = reserved();
        if (reserved != null) {
            reserved.checkRead(table.oid(), table.oid(), key);
        }
        TableOverlay sent = layer(pending, table);
        if (sent != null) {
            Entry entry = sent.rows().get(key);
            if (entry != null || sent.hidesBase()) {
                return point(entry, into);
            }
        }
        return committed(table, key, into);
    }

    private static boolean point(@Nullable Entry entry, RowCursor into) {
        byte[] row = entry == null ? null : entry.value();
        if (row == null) {
            return false;
        }
        into.point(row, 0, row.length, Versions.UNCOMMITTED);
        return true;
    }

    private boolean committed(TableDef table, byte[] key, RowCursor into) {
        TreeReader rows = rows(table);
        boolean found = rows.get(key, 0, key.length, into);
        if (found) {
            into.splitVersion();
        }
        if (reads != null) {
            if (found) {
                reads.point(table.oid(), key, into.version());
            } else {
                reads.absent(table.oid(), key);
            }
        }
        return found;
    }

    private TreeReader rows(TableDef table) {
        return Invariant.notNull(base.rows(table.oid()), "a table of the catalog has rows");
    }

    /**
     * Rows of a range, in order.
     *
     * @param index null for the primary key
     */
    public ScanCursor scan(
            TableDef table, @Nullable IndexDef index, KeyRange range, boolean descending) {
        int tree = index == null ? table.oid() : index.oid();
        Reservations reserved = reserved();
        if (reserved != null) {
            reserved.checkRead(table.oid(), tree, range);
        }
        TableOverlay mine = layer(own, table);
        TableOverlay sent = mine != null && mine.hidesBase() ? null : layer(pending, table);
        boolean hidden = (mine != null && mine.hidesBase()) || (sent != null && sent.hidesBase());
        TreeReader source = index == null ? rows(table) : base.index(table.oid(), tree);
        ReadSet.RangeRead read =
                reads == null || hidden ? null : reads.range(table.oid(), tree, range, descending);
        LayeredEntries entries =
                new LayeredEntries(
                        hidden ? null : source.cursor(range, descending),
                        entries(sent, index),
                        entries(mine, index),
                        range,
                        descending,
                        read,
                        versions(table.oid(), index == null));
        return index == null ? new RowScan(entries) : new IndexScan(table, entries);
    }

    private static @Nullable TreeMap<byte[], Entry> entries(
            @Nullable TableOverlay layer, @Nullable IndexDef index) {
        if (layer == null) {
            return null;
        }
        TreeMap<byte[], Entry> entries = index == null ? layer.rows() : layer.index(index.oid());
        return entries;
    }

    private LayeredEntries.VersionReader versions(int table, boolean primary) {
        if (primary) {
            return entry -> (long) KeyOrder.LONG.get(entry.bytes(), entry.valueOffset());
        }
        TreeReader rows = Invariant.notNull(base.rows(table), "an indexed table has rows");
        RowCursor cursor = new RowCursor();
        return entry -> {
            boolean found =
                    rows.get(entry.bytes(), entry.valueOffset(), entry.valueLength(), cursor);
            Invariant.check(found, "an index entry has a row");
            cursor.splitVersion();
            return cursor.version();
        };
    }

    /** Rows in the order of the primary key. */
    private static final class RowScan implements ScanCursor {
        private final LayeredEntries entries;
        private final RowCursor row = new RowCursor();

        RowScan(LayeredEntries entries) {
            this.entries = entries;
        }

        @Override
        public boolean next() {
            if (!entries.next()) {
                return false;
            }
            byte[] over = entries.overlayValue();
            if (over != null) {
                row.point(over, 0, over.length, Versions.UNCOMMITTED);
            } else {
                entries.pointAtBase(row);
                row.splitVersion();
            }
            return true;
        }

        @Override
        public RowCursor row() {
            return row;
        }

        @Override
        public byte[] primaryKey() {
            return entries.key();
        }
    }

    /** Rows in the order of an index. */
    private final class IndexScan implements ScanCursor {
        private final TableDef table;
        private final LayeredEntries entries;
        private final RowCursor entry = new RowCursor();
        private final RowCursor row = new RowCursor();
        private byte[] primaryKey = {};

        IndexScan(TableDef table, LayeredEntries entries) {
            this.table = table;
            this.entries = entries;
        }

        @Override
        public boolean next() {
            if (!entries.next()) {
                return false;
            }
            byte[] over = entries.overlayValue();
            if (over == null) {
                entries.pointAtBase(entry);
                primaryKey = entry.toBytes();
            } else {
                primaryKey = over;
            }
            boolean found = get(table, primaryKey, row);
            Invariant.check(found, "an index entry has a row");
            return true;
        }

        @Override
        public RowCursor row() {
            return row;
        }

        @Override
        public byte[] primaryKey() {
            return primaryKey;
        }
    }

    /**
     * The primary key of the row that has the given columns in a unique index; null if none has.
     *
     * @param columns none of them null
     */
    public byte @Nullable [] primaryKeyByUnique(TableDef table, IndexDef index, byte[] columns) {
        ScanCursor found = scan(table, index, KeyRange.point(columns), false);
        return found.next() ? found.primaryKey() : null;
    }

    /** Puts a row, new or in place of the one with its key. */
    public void put(TableDef table, byte[] key, byte[] row) {
        write(table, key, row);
    }

    public void delete(TableDef table, byte[] key) {
        write(table, key, null);
    }

    private void write(TableDef table, byte[] key, byte @Nullable [] row) {
        byte[] old = table.indexes().isEmpty() ? null : rowBefore(table, key);
        Reservations reserved = reserved();
        if (reserved != null) {
            checkReserved(reserved, table, key, row, old);
        }
        Invariant.notNull(own, "only a working view is written to").write(table, key, row, old);
    }

    private byte @Nullable [] rowBefore(TableDef table, byte[] key) {
        RowCursor cursor = new RowCursor();
        return get(table, key, cursor) ? cursor.toBytes() : null;
    }

    private static void checkReserved(
            Reservations reserved,
            TableDef table,
            byte[] key,
            byte @Nullable [] row,
            byte @Nullable [] old) {
        reserved.checkWrite(table.oid(), table.oid(), key);
        for (IndexDef index : table.indexes()) {
            if (old != null) {
                reserved.checkWrite(
                        table.oid(), index.oid(), IndexKeys.of(table, index, old, 0, key));
            }
            if (row != null) {
                reserved.checkWrite(
                        table.oid(), index.oid(), IndexKeys.of(table, index, row, 0, key));
            }
        }
    }

    public void truncate(TableDef table) {
        Reservations reserved = reserved();
        if (reserved != null) {
            reserved.checkTruncate(table.oid());
        }
        Invariant.notNull(own, "only a working view is written to").truncate(table);
    }

    /** Lays the writes of an optimistic transaction into this view's own. */
    public void putAll(Overlay writes) {
        Invariant.notNull(own, "only a working view is written to").merge(writes, 0);
    }

    /** Rows of a table; without what is pending or written here. */
    public long committedRows(TableDef table) {
        return rows(table).rows();
    }

    /** Whether no entry committed since the snapshot wrote to a table. */
    boolean unwrittenSince(int table, StoreSnapshot snapshot) {
        return base.rows(table) != null
                && base.lastWriteVersion(table) == snapshot.lastWriteVersion(table);
    }

    /** Whether something pending lies in a range of a table or index. */
    boolean pendingTouches(int table, int tree, KeyRange range) {
        TableOverlay sent = pending == null ? null : pending.table(table);
        if (sent == null) {
            return false;
        }
        if (sent.hidesBase()) {
            return true;
        }
        TreeMap<byte[], Entry> entries = tree == table ? sent.rows() : sent.indexes().get(tree);
        if (entries == null || entries.isEmpty()) {
            return false;
        }
        byte[] low = range.low();
        Map.Entry<byte[], Entry> first =
                low == null
                        ? entries.firstEntry()
                        : range.lowInclusive()
                                ? entries.ceilingEntry(low)
                                : entries.higherEntry(low);
        return first != null && range.contains(first.getKey());
    }

    /** The version of the committed row at a key; absent if there is none. */
    long committedVersion(int table, byte[] key, RowCursor cursor, long absent) {
        TreeReader rows = base.rows(table);
        if (rows == null || !rows.get(key, 0, key.length, cursor)) {
            return absent;
        }
        cursor.splitVersion();
        return cursor.version();
    }

    /** Reads committed rows of a range again. */
    void readCommitted(int table, int tree, ReadSet.RangeRead into) {
        TreeReader rows = base.rows(table);
        if (rows == null) {
            return;
        }
        TreeReader source = tree == table ? rows : base.index(table, tree);
        LayeredEntries.VersionReader versions = versions(table, tree == table);
        TreeCursor cursor = source.cursor(into.wanted(), into.descending());
        while (cursor.next()) {
            into.row(cursor.key(), versions.version(cursor));
        }
    }
}
