package io.faraddb.engine.storage;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What prepared, undecided transactions have read and written in one partition. What they write
 * nobody else may read or write; what they have read nobody else may write. Owner thread only.
 */
public final class Reservations {

    private final Map<Long, Reserved> byTransaction = new LinkedHashMap<>();

    /** One transaction's, by the oid of the table or index. */
    private record Reserved(
            Map<Integer, TreeSet<byte[]>> written,
            TreeSet<Integer> truncated,
            @Nullable ReadSet reads) {}

    /** At the vote. */
    public void reserve(long transaction, Overlay writes, @Nullable ReadSet reads) {
        Map<Integer, TreeSet<byte[]>> written = new HashMap<>();
        TreeSet<Integer> truncated = new TreeSet<>();
        for (Overlay.TableOverlay table : writes.tables()) {
            keys(written, table.oid()).addAll(table.rows().keySet());
            table.indexes()
                    .forEach((index, entries) -> keys(written, index).addAll(entries.keySet()));
            if (table.hidesBase()) {
                truncated.add(table.oid());
            }
        }
        byTransaction.put(transaction, new Reserved(written, truncated, reads));
    }

    private static TreeSet<byte[]> keys(Map<Integer, TreeSet<byte[]>> written, int oid) {
        return written.computeIfAbsent(oid, unused -> new TreeSet<>(KeyOrder::compare));
    }

    /** From the log, where what was read is not kept: the vote was given already. */
    public void reserve(long transaction, Changes changes, PartitionStore store) {
        reserve(transaction, Overlay.of(changes, store, null), null);
    }

    public void release(long transaction) {
        byTransaction.remove(transaction);
    }

    public boolean holds(long transaction) {
        return byTransaction.containsKey(transaction);
    }

    public boolean isEmpty() {
        return byTransaction.isEmpty();
    }

    /**
     * @param tree oid of the table or index that the key is of
     * @throws ReservedException if a prepared transaction writes it
     */
    void checkRead(int table, int tree, byte[] key) {
        byTransaction.forEach((transaction, reserved) -> {
            TreeSet<byte[]> written = reserved.written().get(tree);
            if ((written != null && written.contains(key))
                    || reserved.truncated().contains(table)) {
                throw new ReservedException(transaction);
            }
        });
    }

    /**
     * @throws ReservedException if a prepared transaction writes a key of the range
     */
    void checkRead(int table, int tree, KeyRange range) {
        byTransaction.forEach((transaction, reserved) -> {
            TreeSet<byte[]> written = reserved.written().get(tree);
            if ((written != null && anyIn(written, range))
                    || reserved.truncated().contains(table)) {
                throw new ReservedException(transaction);
            }
        });
    }

    private static boolean anyIn(TreeSet<byte[]> keys, KeyRange range) {
        byte[] low = range.low();
        byte[] first;
        if (low == null) {
            first = keys.isEmpty() ? null : keys.first();
        } else {
            first = range.lowInclusive() ? keys.ceiling(low) : keys.higher(low);
        }
        return first != null && range.contains(first);
    }

    /**
     * @throws ReservedException if a prepared transaction has read or writes it
     */
    void checkWrite(int table, int tree, byte[] key) {
        checkRead(table, tree, key);
        byTransaction.forEach((transaction, reserved) -> {
            ReadSet reads = reserved.reads();
            if (reads != null && reads.covers(tree, key)) {
                throw new ReservedException(transaction);
            }
        });
    }

    /**
     * @throws ReservedException if a prepared transaction has to do with the table
     */
    void checkTruncate(int table) {
        byTransaction.forEach((transaction, reserved) -> {
            ReadSet reads = reserved.reads();
            if (reserved.written().containsKey(table) || (reads != null && reads.touches(table))) {
                throw new ReservedException(transaction);
            }
        });
    }

    /** A prepared transaction that stands in the way of another one; null if none does. */
    public @Nullable Long conflict(Overlay writes, @Nullable ReadSet reads) {
        if (byTransaction.isEmpty()) {
            return null;
        }
        try {
            writes.tables().forEach(this::checkWrites);
            if (reads != null) {
                reads.checkReserved(this);
            }
            return null;
        } catch (ReservedException reserved) {
            return reserved.transaction();
        }
    }

    private void checkWrites(Overlay.TableOverlay table) {
        int oid = table.oid();
        if (table.hidesBase()) {
            checkTruncate(oid);
        }
        table.rows().keySet().forEach(key -> checkWrite(oid, oid, key));
        table.indexes()
                .forEach((index, entries) ->
                        entries.keySet().forEach(key -> checkWrite(oid, index, key)));
    }
}
