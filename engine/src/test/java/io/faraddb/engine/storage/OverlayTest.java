package io.faraddb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Transactions one after the other write over what is pending, are dropped, committed or lost; what
 * each sees is what a model holds.
 */
class OverlayTest {

    private static final int ID = 0;
    private static final int VALUE = 1;
    private static final long IDS = 12;
    private static final long VALUES = 5;
    private static final int STEPS = 4_000;
    private static final int WRITES_MAX = 4;

    private static final IndexDef BY_VALUE =
            new IndexDef(
                    2, "t_value", List.of(new IndexDef.IndexColumn(VALUE, false)), false, false);

    private static final TableDef TABLE =
            new TableDef(
                    1,
                    "t",
                    List.of(
                            ColumnDef.of("id", SqlType.BIGINT, true),
                            ColumnDef.of("value", SqlType.BIGINT, true)),
                    List.of(ID),
                    "t_pkey",
                    new Partitioning.ByColumn(ID),
                    List.of(BY_VALUE),
                    List.of());

    /** A transaction that is pending, and the rows with it. */
    private record Pending(long sequence, Changes changes, TreeMap<Long, Long> rows) {}

    private final PartitionStore store = new PartitionStore();
    private final Reservations reservations = new Reservations();
    private final Overlay waiting = new Overlay();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private TreeMap<Long, Long> committed = new TreeMap<>();
    private long sequence;
    private long version;

    private PartitionView view(Overlay own) {
        return PartitionView.working(store, reservations, waiting, own);
    }

    private TreeMap<Long, Long> rows() {
        return new TreeMap<>(pending.isEmpty() ? committed : pending.getLast().rows());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void seesWhatAModelHolds(long seed) {
        store.adopt(Catalog.EMPTY.apply(new CatalogChange.PutTable(TABLE)));
        store.buildIndexes();
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3, 4 -> write(random);
                case 5, 6 -> commit();
                default -> loseTheLast(random);
            }
            check(view(new Overlay()), rows());
        }
    }

    /** A transaction that is taken or not; a statement in it does not see what comes after. */
    private void write(Random random) {
        Overlay own = new Overlay();
        PartitionView view = view(own);
        TreeMap<Long, Long> rows = rows();
        writeSome(random, view, rows);
        PartitionView frozen = view.frozen();
        TreeMap<Long, Long> before = new TreeMap<>(rows);
        writeSome(random, view, rows);
        check(view, rows);
        check(frozen, before);
        if (random.nextInt(4) > 0) {
            waiting.merge(own, ++sequence);
            pending.addLast(new Pending(sequence, own.toChanges(), rows));
        }
    }

    private static void writeSome(Random random, PartitionView view, TreeMap<Long, Long> rows) {
        int writes = 1 + random.nextInt(WRITES_MAX);
        for (int i = 0; i < writes; i++) {
            writeOne(random, view, rows);
        }
    }

    private static void writeOne(Random random, PartitionView view, TreeMap<Long, Long> rows) {
        long id = random.nextLong(IDS);
        int kind = random.nextInt(20);
        if (kind == 0) {
            view.truncate(TABLE);
            rows.clear();
        } else if (kind < 6) {
            view.delete(TABLE, key(id));
            rows.remove(id);
        } else {
            long value = random.nextLong(VALUES);
            view.put(TABLE, key(id), TABLE.layout().encode(new Object[] {id, value}));
            rows.put(id, value);
        }
    }

    private static byte[] key(long id) {
        return TABLE.primaryKeyOf(new Object[] {id, 0L}, new KeyWriter());
    }

    private void commit() {
        if (!pending.isEmpty()) {
            Pending first = pending.removeFirst();
            store.apply(first.changes(), ++version);
            waiting.forgetThrough(first.sequence());
            committed = first.rows();
        }
    }

    /** As after an append that failed: what is still under way is pending once more. */
    private void loseTheLast(Random random) {
        List<Pending> kept = new ArrayList<>(pending);
        kept.subList(random.nextInt(kept.size() + 1), kept.size()).clear();
        pending.clear();
        waiting.clear();
        for (Pending each : kept) {
            waiting.merge(Overlay.of(each.changes(), store, waiting), ++sequence);
            pending.addLast(new Pending(sequence, each.changes(), each.rows()));
        }
    }

    private static void check(PartitionView view, TreeMap<Long, Long> rows) {
        List<String> ordered = rows.entrySet().stream().map(Object::toString).toList();
        assertThat(read(view.scan(TABLE, null, KeyRange.ALL, false))).isEqualTo(ordered);
        assertThat(read(view.scan(TABLE, null, KeyRange.ALL, true))).isEqualTo(ordered.reversed());
        assertThat(read(view.scan(TABLE, BY_VALUE, KeyRange.ALL, false)))
                .isEqualTo(
                        rows.entrySet().stream()
                                .sorted(
                                        Map.Entry.<Long, Long>comparingByValue()
                                                .thenComparing(
                                                        Map.Entry.comparingByKey(
                                                                Comparator.naturalOrder())))
                                .map(Object::toString)
                                .toList());
        RowCursor row = new RowCursor();
        for (long id = 0; id < IDS; id++) {
            assertThat(view.get(TABLE, key(id), row)).isEqualTo(rows.containsKey(id));
        }
    }

    private static List<String> read(ScanCursor cursor) {
        List<String> rows = new ArrayList<>();
        while (cursor.next()) {
            RowCursor row = cursor.row();
            rows.add(column(row, ID) + "=" + column(row, VALUE));
        }
        return rows;
    }

    private static Object column(RowCursor row, int column) {
        return String.valueOf(TABLE.layout().column(row.bytes(), row.offset(), column));
    }
}
