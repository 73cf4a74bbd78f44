package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.RowKey;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.function.Aggregate;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Groups and their aggregates, by a hash table. Groups come in the order of their first rows. */
public final class HashGrouping implements Operator {

    private static final @Nullable Object[] NO_KEYS = {};

    private final Operator input;
    private final List<Evaluator> keys;
    private final TypeKind[] kinds;
    private final List<Call> calls;

    /**
     * @param kinds of the arguments
     * @param filter only rows for which it is true count; null for all
     */
    public record Call(
            Aggregate aggregate,
            List<Evaluator> arguments,
            List<TypeKind> kinds,
            boolean distinct,
            @Nullable Evaluator filter,
            List<Sort.Key> order) {}

    public HashGrouping(
            Operator input, List<Evaluator> keys, List<TypeKind> kinds, List<Call> calls) {
        this.input = input;
        this.keys = List.copyOf(keys);
        this.kinds = kinds.toArray(TypeKind[]::new);
        this.calls = List.copyOf(calls);
    }

    /** One aggregate of one group takes about so much. */
    private static final int STATE_BYTES = 96;

    private static final class Group {
        private final @Nullable Object[] keys;
        private final List<State> states;

        Group(@Nullable Object[] keys, List<State> states) {
            this.keys = keys;
            this.states = states;
        }

        private void add(Frame frame, KeyWriter writer, Holding holding) {
            for (State state : states) {
                state.add(frame, writer, holding);
            }
        }
    }

    /** One aggregate of one group. */
    private static final class State {
        private final Call call;
        private final Aggregate.Accumulator accumulator;
        private final @Nullable Set<RowKey> seen;
        private final @Nullable List<Ordered> held;
        private final boolean keeps;

        private record Ordered(@Nullable Object[] keys, @Nullable Object[] arguments) {}

        State(Call call) {
            this.call = call;
            this.accumulator = call.aggregate().body().get();
            this.seen = call.distinct() ? new HashSet<>() : null;
            this.held = call.order().isEmpty() ? null : new ArrayList<>();
            this.keeps = seen != null || held != null || accumulator.keepsArguments();
        }

        void add(Frame frame, KeyWriter writer, Holding holding) {
            Evaluator filter = call.filter();
            if (filter != null && !filter.holds(frame)) {
                return;
            }
            @Nullable Object[] arguments = Project.evaluate(call.arguments(), frame);
            if (seen != null
                    && !seen.add(
                            RowKey.of(writer, call.kinds().toArray(TypeKind[]::new), arguments))) {
                return;
            }
            if (keeps) {
                holding.add(arguments);
            }
            if (held == null) {
                accumulator.add(arguments);
            } else {
                List<Evaluator> keys = call.order().stream().map(Sort.Key::expression).toList();
                held.add(new Ordered(Project.evaluate(keys, frame), arguments));
            }
        }

        @Nullable Object result() {
            if (held != null) {
                RowComparator order = Sort.comparator(call.order());
                held.sort((a, b) -> order.compare(a.keys(), b.keys()));
                held.forEach(row -> accumulator.add(row.arguments()));
                held.clear();
            }
            return accumulator.result();
        }
    }

    @Override
    public Rows open(Frame frame) {
        Iterator<Group> groups = group(frame).iterator();
        return () -> groups.hasNext() ? row(groups.next()) : null;
    }

    private Iterable<Group> group(Frame frame) {
        return keys.isEmpty() ? List.of(one(frame)) : byKeys(frame);
    }

    /** Without keys there is one group, also of no rows. */
    private Group one(Frame frame) {
        Group group = newGroup(NO_KEYS);
        KeyWriter writer = RowKey.writer();
        Rows rows = input.open(frame);
        Frame own = frame.sibling();
        Holding holding = frame.execution().holding();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            frame.execution().tick();
            group.add(own.with(row), writer, holding);
        }
        return group;
    }

    private Iterable<Group> byKeys(Frame frame) {
        Map<RowKey, Group> groups = new LinkedHashMap<>();
        KeyWriter writer = RowKey.writer();
        Rows rows = input.open(frame);
        Frame own = frame.sibling();
        Holding holding = frame.execution().holding();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            frame.execution().tick();
            @Nullable Object[] values = Project.evaluate(keys, own.with(row));
            RowKey key = RowKey.of(writer, kinds, values);
            Group group = groups.get(key);
            if (group == null) {
                group = newGroup(values);
                groups.put(key, group);
                holding.add(values);
                holding.addBytes((long) STATE_BYTES * calls.size());
            }
            group.add(own, writer, holding);
        }
        return groups.values();
    }

    private Group newGroup(@Nullable Object[] values) {
        List<State> states = new ArrayList<>(calls.size());
        for (Call call : calls) {
            states.add(new State(call));
        }
        return new Group(values, states);
    }

    private static @Nullable Object[] row(Group group) {
        @Nullable Object[] row = Arrays.copyOf(group.keys, group.keys.length + group.states.size());
        for (int i = 0; i < group.states.size(); i++) {
            row[group.keys.length + i] = group.states.get(i).result();
        }
        return row;
    }

    @Override
    public String describe() {
        return "Group by "
                + keys.size()
                + " key(s): "
                + calls.stream().map(call -> call.aggregate().name()).toList();
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
