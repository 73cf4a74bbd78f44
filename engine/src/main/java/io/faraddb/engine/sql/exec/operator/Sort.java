package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** All rows in order; stable. With a bound from a LIMIT above, only that many are held. */
public final class Sort implements Operator {

    private final Operator input;
    private final List<Key> keys;
    private final RowComparator comparator;

    /** One of the keys to sort by. */
    public record Key(
            Evaluator expression, TypeKind kind, boolean descending, boolean nullsFirst) {}

    public Sort(Operator input, List<Key> keys) {
        this.input = input;
        this.keys = List.copyOf(keys);
        this.comparator = comparator(keys);
    }

    static RowComparator comparator(List<Key> keys) {
        return new RowComparator(
                keys.stream()
                        .map(key ->
                                new RowComparator.Key(
                                        key.kind(), key.descending(), key.nullsFirst()))
                        .toList());
    }

    /** A row, its sort keys and its place in the input. */
    private record Entry(@Nullable Object[] keys, @Nullable Object[] row, long place) {}

    @Override
    public Rows open(Frame frame) {
        return sorted(frame, Integer.MAX_VALUE);
    }

    /** The first rows in order, holding no more than those. */
    Rows first(Frame frame, int count) {
        return sorted(frame, count);
    }

    private Rows sorted(Frame frame, int bound) {
        Comparator<Entry> order =
                Comparator.comparing(Entry::keys, comparator).thenComparingLong(Entry::place);
        List<Entry> entries =
                bound == Integer.MAX_VALUE
                        ? all(frame)
                        : new ArrayList<>(bounded(frame, bound, order));
        entries.sort(order);
        Iterator<Entry> iterator = entries.iterator();
        return () -> iterator.hasNext() ? iterator.next().row() : null;
    }

    private List<Entry> all(Frame frame) {
        List<Entry> entries = new ArrayList<>();
        Rows rows = input.open(frame);
        Frame own = frame.sibling();
        Holding holding = frame.execution().holding();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            entries.add(new Entry(keysOf(own.with(row)), row, entries.size()));
            holding.add(row);
        }
        return entries;
    }

    private PriorityQueue<Entry> bounded(Frame frame, int bound, Comparator<Entry> order) {
        PriorityQueue<Entry> heap = new PriorityQueue<>(order.reversed());
        Rows rows = input.open(frame);
        Frame own = frame.sibling();
        long place = 0;
        Holding holding = frame.execution().holding();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            Entry entry = new Entry(keysOf(own.with(row)), row, place++);
            if (heap.size() < bound) {
                heap.add(entry);
                holding.add(row);
            } else if (!heap.isEmpty() && order.compare(entry, heap.peek()) < 0) {
                heap.poll();
                heap.add(entry);
            }
        }
        return heap;
    }

    private @Nullable Object[] keysOf(Frame frame) {
        @Nullable Object[] values = new @Nullable Object[keys.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = keys.get(i).expression().value(frame);
        }
        return values;
    }

    @Override
    public String describe() {
        return "Sort by " + keys.size() + " key(s)";
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
