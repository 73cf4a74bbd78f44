package io.faraddb.bench.storage;

import io.faraddb.engine.storage.KeyRange;
import io.faraddb.engine.storage.RowCursor;
import io.faraddb.engine.storage.Tree;
import io.faraddb.engine.storage.TreeBuilder;
import io.faraddb.engine.storage.TreeCursor;
import io.faraddb.engine.storage.TreeSnapshot;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads and writes of rows of 100 bytes in a tree of a million. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xmx3g", "-Xms3g", "-XX:+UseZGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 4, time = 1)
public class TreeBenchmark {

    private static final int ROWS = 1_000_000;
    private static final int VALUE_BYTES = 100;

    /** Bytes of a key: 8 count up as a serial column does, 16 are scattered as a UUID is. */
    @Param({"8", "16"})
    public int keyBytes;

    private byte[][] keys = {};
    private byte[] value = {};
    private Tree tree = new Tree();
    private final RowCursor row = new RowCursor();
    private int next;
    private int writes;
    private int extra;

    @Setup
    public void fill() {
        keys = Keys.of(keyBytes, ROWS);
        value = new byte[VALUE_BYTES];
        tree = new Tree();
        for (int i : Keys.shuffled(ROWS)) {
            tree.put(keys[i], value);
        }
        keys = Keys.inOtherOrder(keys);
        System.out.printf(
                "heap bytes per raw byte: %.3f%n",
                tree.allocatedBytes() / ((double) ROWS * (keyBytes + VALUE_BYTES)));
    }

    private byte[] nextKey() {
        next = next + 1 == ROWS ? 0 : next + 1;
        return keys[next];
    }

    @Benchmark
    public int pointRead() {
        return tree.get(nextKey(), row) ? row.bytes()[row.offset()] : -1;
    }

    @Benchmark
    public boolean pointUpdate() {
        return tree.put(nextKey(), value);
    }

    /** A row goes, another comes: pages shrink and grow. */
    @Benchmark
    @OperationsPerInvocation(2)
    public boolean deleteAndInsert() {
        byte[] key = nextKey();
        return tree.delete(key) & tree.put(key, value);
    }

    /** Every 100th write a snapshot is taken, as interactive transactions do. */
    @Benchmark
    public boolean pointUpdateUnderSnapshots() {
        if (++writes % 100 == 0) {
            extra += (int) tree.snapshot().rows();
        }
        return tree.put(nextKey(), value);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long scan() {
        long sum = extra;
        TreeCursor cursor = tree.cursor(KeyRange.ALL, false);
        while (cursor.next()) {
            sum += cursor.bytes()[cursor.valueOffset()] + cursor.valueLength();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long scanBackwards() {
        long sum = 0;
        TreeCursor cursor = tree.cursor(KeyRange.ALL, true);
        while (cursor.next()) {
            sum += cursor.bytes()[cursor.valueOffset()] + cursor.valueLength();
        }
        return sum;
    }

    /** Ten rows from a random place. */
    @Benchmark
    public int shortScan() {
        TreeCursor cursor = tree.cursor(new KeyRange(nextKey(), true, null, true), false);
        int sum = 0;
        for (int i = 0; i < 10 && cursor.next(); i++) {
            sum += cursor.valueLength();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Tree bulkBuild() {
        TreeSnapshot snapshot = tree.snapshot();
        TreeBuilder builder = new TreeBuilder();
        TreeCursor cursor = snapshot.cursor(KeyRange.ALL, false);
        while (cursor.next()) {
            builder.append(cursor.key(), value);
        }
        return builder.build();
    }
}
