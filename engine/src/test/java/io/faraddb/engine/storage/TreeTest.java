package io.faraddb.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TreeTest {

    private record Kept(TreeSnapshot snapshot, NavigableMap<byte[], byte[]> map) {}

    @ParameterizedTest
    @EnumSource(TreeModel.Shape.class)
    void behavesLikeASortedMap(TreeModel.Shape shape) {
        run(shape, 1, shape == TreeModel.Shape.LONG_KEYS ? 20_000 : 100_000, 4_000);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(TreeModel.Shape.class)
    void behavesLikeASortedMapForLong(TreeModel.Shape shape) {
        for (long seed = 2; seed < 10; seed++) {
            run(shape, seed, 500_000, seed % 2 == 0 ? 300 : 100_000);
        }
    }

    /** Grows and shrinks a tree and keeps the last snapshots, each checked when it is dropped. */
    private static void run(TreeModel.Shape shape, long seed, int steps, int distinct) {
        TreeModel model = new TreeModel(seed, shape, distinct);
        Queue<Kept> kept = new ArrayDeque<>();
        for (int i = 1; i <= steps; i++) {
            boolean shrinking = i / (steps / 5) % 2 == 1;
            model.step(shrinking ? 60 : 20);
            if (i % (steps / 20) == 0) {
                model.assertSame();
                TreeMap<byte[], byte[]> copy = new TreeMap<>(Arrays::compareUnsigned);
                copy.putAll(model.map);
                kept.add(new Kept(model.tree.snapshot(), copy));
                if (kept.size() > 3) {
                    check(kept.remove());
                }
            }
            if (i % (steps / 100) == 0) {
                model.assertSameInSomeRange();
            }
            if (i % (steps / 10) == 0) {
                model.clearRange();
            }
        }
        model.assertSame();
        kept.forEach(TreeTest::check);
    }

    private static void check(Kept kept) {
        assertThat(kept.snapshot.rows()).isEqualTo(kept.map.size());
        TreeModel.assertSame(kept.snapshot, kept.map, KeyRange.ALL, false);
        TreeModel.assertSame(kept.snapshot, kept.map, KeyRange.ALL, true);
        RowCursor found = new RowCursor();
        for (Map.Entry<byte[], byte[]> entry : kept.map.entrySet()) {
            assertThat(kept.snapshot.get(entry.getKey(), found)).isTrue();
            assertThat(found.toBytes()).isEqualTo(entry.getValue());
        }
    }

    @ParameterizedTest
    @EnumSource(TreeModel.Shape.class)
    void buildsFromSortedRows(TreeModel.Shape shape) {
        TreeModel model = new TreeModel(7, shape, 50_000);
        for (int i = 0; i < 30_000; i++) {
            model.step(0);
        }
        TreeBuilder builder = new TreeBuilder();
        model.map.forEach(builder::append);
        Tree built = builder.build();
        built.audit();
        TreeModel.assertSame(built, model.map, KeyRange.ALL, false);
        List<byte[]> keys = new ArrayList<>(model.map.keySet());
        for (int i = 0; i < keys.size(); i += 2) {
            assertThat(built.delete(keys.get(i))).isTrue();
            model.map.remove(keys.get(i));
        }
        built.audit();
        TreeModel.assertSame(built, model.map, KeyRange.ALL, true);
    }

    @Test
    void buildsNothing() {
        Tree built = new TreeBuilder().build();
        built.audit();
        assertThat(built.rows()).isZero();
        assertThat(built.cursor(KeyRange.ALL, false).next()).isFalse();
    }

    @Test
    void refusesToBuildOutOfOrder() {
        TreeBuilder builder = new TreeBuilder();
        builder.append(new byte[] {2}, new byte[0]);
        assertThatThrownBy(() -> builder.append(new byte[] {2}, new byte[0]))
                .isInstanceOf(InvariantViolation.class);
    }

    @Test
    void splitsAroundARowThatFillsAPage() {
        Tree tree = new Tree();
        for (int i = 0; i < 20; i++) {
            tree.put(new byte[] {(byte) (i * 2)}, new byte[150]);
        }
        tree.put(new byte[] {21}, new byte[Tree.VALUE_BYTES_MAX]);
        tree.audit();
        tree.put(new byte[] {21}, new byte[1]);
        tree.put(new byte[] {20}, new byte[3000]);
        tree.audit();
        assertThat(tree.rows()).isEqualTo(21);
        RowCursor found = new RowCursor();
        assertThat(tree.get(new byte[] {20}, found)).isTrue();
        assertThat(found.length()).isEqualTo(3000);
    }

    /** Such a row makes three leaves of one, so an inner page has two children more. */
    @Test
    void splitsAFullInnerPageAroundARowThatFillsAPage() {
        int rowsInLeaf = (Tree.PAGE_BYTES - Page.HEADER_BYTES) / Page.entryBytes(8, 150);
        for (int leaves = Tree.CHILDREN_MAX - 2; leaves <= Tree.CHILDREN_MAX + 1; leaves++) {
            Tree tree = new Tree();
            int rows = leaves * rowsInLeaf;
            for (int i = 0; i < rows; i++) {
                tree.put(bytes(2 * i), new byte[150]);
            }
            for (int place : List.of(rowsInLeaf / 2, rows / 2, rows - rowsInLeaf / 2)) {
                tree.put(bytes(2 * place + 1), new byte[Tree.PAGE_BYTES]);
                tree.audit();
            }
            assertThat(tree.rows()).isEqualTo(rows + 3);
        }
    }

    @Test
    void refusesWhatIsTooLong() {
        Tree tree = new Tree();
        assertThatThrownBy(() -> tree.put(new byte[0], new byte[Tree.VALUE_BYTES_MAX + 1]))
                .isInstanceOfSatisfying(
                        SqlException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.PROGRAM_LIMIT_EXCEEDED));
        assertThatThrownBy(() -> tree.put(new byte[Tree.KEY_BYTES_MAX + 1], new byte[0]))
                .isInstanceOf(SqlException.class);
        assertThat(tree.put(new byte[Tree.KEY_BYTES_MAX], new byte[0])).isFalse();
        tree.audit();
    }

    @Test
    void cursorOfALiveTreeEndsAtAWrite() {
        Tree tree = new Tree();
        tree.put(new byte[] {1}, new byte[0]);
        tree.put(new byte[] {2}, new byte[0]);
        TreeCursor cursor = tree.cursor(KeyRange.ALL, false);
        TreeCursor untouched = tree.snapshot().cursor(KeyRange.ALL, false);
        assertThat(cursor.next()).isTrue();
        tree.delete(new byte[] {2});
        assertThatThrownBy(cursor::next).isInstanceOf(InvariantViolation.class);
        assertThat(untouched.next()).isTrue();
        assertThat(untouched.next()).isTrue();
    }

    @Test
    void snapshotOfAnUnchangedTreeIsTheSame() {
        Tree tree = new Tree();
        assertThat(tree.snapshot()).isSameAs(tree.snapshot());
        TreeSnapshot empty = tree.snapshot();
        tree.put(new byte[0], new byte[0]);
        assertThat(tree.snapshot()).isNotSameAs(empty);
        assertThat(empty.rows()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void keepsPagesFilled(Order order) {
        int rows = 50_000;
        Tree tree = new Tree();
        for (int i = 0; i < rows; i++) {
            byte[] key = new byte[16];
            KeyOrder.LONG.set(key, 0, order.place(i, rows));
            tree.put(key, new byte[100]);
        }
        tree.audit();
        assertThat(tree.allocatedBytes() / (double) (rows * 116L)).isLessThan(1.32);
    }

    enum Order {
        ASCENDING,
        DESCENDING,
        SCATTERED;

        long place(long i, long rows) {
            return switch (this) {
                case ASCENDING -> i;
                case DESCENDING -> rows - i;
                case SCATTERED -> i * 0x9E3779B97F4A7C15L;
            };
        }
    }

    @Test
    void isEmptyAgainAfterAllRowsAreDeleted() {
        for (boolean backwards : new boolean[] {false, true}) {
            Tree tree = new Tree();
            long empty = tree.allocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                tree.put(bytes(i), bytes(i));
            }
            for (int i = 0; i < 20_000; i++) {
                assertThat(tree.delete(bytes(backwards ? 19_999 - i : i))).isTrue();
                if (i % 1000 == 0) {
                    tree.audit();
                }
            }
            tree.audit();
            assertThat(tree.rows()).isZero();
            assertThat(tree.allocatedBytes()).isLessThan(empty + 100);
        }
    }

    private static byte[] bytes(long value) {
        byte[] bytes = new byte[8];
        KeyOrder.LONG.set(bytes, 0, value);
        return bytes;
    }

    /** Money moves between accounts; in each snapshot there is as much of it as in the first. */
    @Test
    void otherThreadsReadSnapshotsDuringWrites() throws Exception {
        int accounts = 2_000;
        Tree tree = new Tree();
        for (int i = 0; i < accounts; i++) {
            tree.put(bytes(i), bytes(1000));
        }
        BlockingQueue<TreeSnapshot> snapshots = new LinkedBlockingQueue<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> readAll(snapshots, accounts * 1000L)));
            }
            Random random = new Random(3);
            for (int i = 0; i < 100_000; i++) {
                transfer(tree, random.nextInt(accounts), random.nextInt(accounts));
                if (i % 500 == 0) {
                    snapshots.add(tree.snapshot());
                }
            }
            TreeSnapshot end = new Tree().snapshot();
            snapshots.add(end);
            snapshots.add(end);
            int read = 0;
            for (Future<Integer> reader : readers) {
                read += reader.get();
            }
            assertThat(read).isEqualTo(200);
        }
    }

    private static void transfer(Tree tree, long from, long to) {
        RowCursor row = new RowCursor();
        assertThat(tree.get(bytes(from), row)).isTrue();
        long source = (long) KeyOrder.LONG.get(row.bytes(), row.offset());
        tree.delete(bytes(from));
        tree.put(bytes(from), bytes(source - 1));
        assertThat(tree.get(bytes(to), row)).isTrue();
        long target = (long) KeyOrder.LONG.get(row.bytes(), row.offset());
        tree.put(bytes(to), bytes(target + 1));
    }

    /** Reads until an empty snapshot comes. */
    private static int readAll(BlockingQueue<TreeSnapshot> snapshots, long total)
            throws InterruptedException {
        int read = 0;
        TreeSnapshot snapshot = snapshots.take();
        while (snapshot.rows() > 0) {
            long sum = 0;
            TreeCursor cursor = snapshot.cursor(KeyRange.ALL, read % 2 == 0);
            while (cursor.next()) {
                sum += (long) KeyOrder.LONG.get(cursor.bytes(), cursor.valueOffset());
            }
            assertThat(sum).isEqualTo(total);
            read++;
            snapshot = snapshots.take();
        }
        return read;
    }
}
