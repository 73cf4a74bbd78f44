package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Holding;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.RowKey;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins by equal keys through a hash table of the right side; every kind of join. Without keys it
 * is a nested loop over the right side held once, which is how FULL joins on other conditions run.
 */
public final class HashJoin implements Operator {

    private final Relation.Join.Kind kind;
    private final Operator left;
    private final Operator right;
    private final List<Evaluator> leftKeys;
    private final List<Evaluator> rightKeys;
    private final TypeKind[] kinds;
    private final @Nullable Evaluator condition;
    private final int leftWidth;
    private final int rightWidth;

    /** The two sides' expressions that have to be equal. */
    public record Keys(List<Evaluator> left, List<Evaluator> right, List<TypeKind> kinds) {}

    /** How many columns each side has. */
    public record Widths(int left, int right) {}

    /**
     * @param condition what else must hold of the joined row
     */
    public HashJoin(
            Relation.Join.Kind kind,
            Operator left,
            Operator right,
            Keys keys,
            @Nullable Evaluator condition,
            Widths widths) {
        this.kind = kind;
        this.left = left;
        this.right = right;
        this.leftKeys = keys.left();
        this.rightKeys = keys.right();
        this.kinds = keys.kinds().toArray(TypeKind[]::new);
        this.condition = condition;
        this.leftWidth = widths.left();
        this.rightWidth = widths.right();
    }

    private static final class Build {
        private final @Nullable Object[] row;
        private boolean matched;

        Build(@Nullable Object[] row) {
            this.row = row;
        }
    }

    @Override
    public Rows open(Frame frame) {
        return new Joined(frame);
    }

    private final class Joined implements Rows {
        private final Frame joinedFrame;
        private final Frame leftFrame;
        private final KeyWriter writer = RowKey.writer();
        private final List<Build> builds = new ArrayList<>();
        private final Map<RowKey, List<Build>> table = new HashMap<>();
        private final Deque<@Nullable Object[]> ready = new ArrayDeque<>();
        private final Rows leftRows;
        private @Nullable Iterator<Build> unmatched;

        Joined(Frame frame) {
            joinedFrame = frame.sibling();
            leftFrame = frame.sibling();
            build(frame);
            leftRows = left.open(frame);
        }

        private void build(Frame frame) {
            Frame own = frame.sibling();
            Rows rows = right.open(frame);
            Holding holding = frame.execution().holding();
            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                Build build = new Build(row);
                builds.add(build);
                holding.add(row);
                RowKey key = key(rightKeys, own.with(row));
                if (key != null) {
                    table.computeIfAbsent(key, unused -> new ArrayList<>()).add(build);
                }
            }
        }

        private @Nullable RowKey key(List<Evaluator> keys, Frame frame) {
            return RowKey.ofValues(writer, kinds, Project.evaluate(keys, frame));
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (ready.isEmpty()) {
                @Nullable Object[] row = leftRows.next();
                if (row == null) {
                    return nextUnmatched();
                }
                probe(row);
            }
            return ready.poll();
        }

        private void probe(@Nullable Object[] row) {
            leftFrame.execution().tick();
            RowKey key = key(leftKeys, leftFrame.with(row));
            List<Build> partners = key == null ? List.of() : table.getOrDefault(key, List.of());
            boolean matched = false;
            for (Build partner : partners) {
                @Nullable Object[] joined = NestedLoopJoin.join(row, partner.row);
                if (condition == null || condition.holds(joinedFrame.with(joined))) {
                    partner.matched = true;
                    matched = true;
                    ready.add(joined);
                }
            }
            if (!matched && (kind == Relation.Join.Kind.LEFT || kind == Relation.Join.Kind.FULL)) {
                ready.add(Arrays.copyOf(row, leftWidth + rightWidth));
            }
        }

        private @Nullable Object @Nullable [] nextUnmatched() {
            if (kind != Relation.Join.Kind.RIGHT && kind != Relation.Join.Kind.FULL) {
                return null;
            }
            Iterator<Build> iterator = unmatched == null ? builds.iterator() : unmatched;
            unmatched = iterator;
            while (iterator.hasNext()) {
                Build build = iterator.next();
                if (!build.matched) {
                    return NestedLoopJoin.join(new @Nullable Object[leftWidth], build.row);
                }
            }
            return null;
        }
    }

    @Override
    public String describe() {
        return "Hash join " + kind + " on " + kinds.length + " key(s)";
    }

    @Override
    public List<Operator> inputs() {
        return List.of(left, right);
    }
}
