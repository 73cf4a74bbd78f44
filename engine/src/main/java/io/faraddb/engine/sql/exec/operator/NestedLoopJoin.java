package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For each left row all right rows; inner or left outer. The right side is opened anew for each
 * left row, which it sees as its outer row if it is dependent (LATERAL, or a look-up by key).
 */
public final class NestedLoopJoin implements Operator {

    private final Operator left;
    private final Operator right;
    private final boolean dependent;
    private final boolean outer;
    private final @Nullable Evaluator condition;
    private final int rightWidth;

    /**
     * @param dependent whether right's outer row of depth 1 is the left row
     * @param outer whether left rows without a partner stay
     * @param condition over the joined row
     */
    public NestedLoopJoin(
            Operator left,
            Operator right,
            boolean dependent,
            boolean outer,
            @Nullable Evaluator condition,
            int rightWidth) {
        this.left = left;
        this.right = right;
        this.dependent = dependent;
        this.outer = outer;
        this.condition = condition;
        this.rightWidth = rightWidth;
    }

    @Override
    public Rows open(Frame frame) {
        return new Joined(frame);
    }

    private final class Joined implements Rows {
        private final Frame frame;
        private final Frame leftFrame;
        private final Frame joinedFrame;
        private final Rows leftRows;
        private @Nullable Object @Nullable [] leftRow;
        private Rows rightRows = Rows.NONE;
        private boolean matched;

        Joined(Frame frame) {
            this.frame = frame;
            this.leftFrame = frame.sibling();
            this.joinedFrame = frame.sibling();
            this.leftRows = left.open(frame);
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (true) {
                if (leftRow == null && !nextLeft()) {
                    return null;
                }
                @Nullable Object[] row = leftRow;
                @Nullable Object[] partner = rightRows.next();
                if (row != null && partner != null) {
                    @Nullable Object[] joined = join(row, partner);
                    if (condition == null || condition.holds(joinedFrame.with(joined))) {
                        matched = true;
                        return joined;
                    }
                } else {
                    leftRow = null;
                    if (row != null && outer && !matched) {
                        return Arrays.copyOf(row, row.length + rightWidth);
                    }
                }
            }
        }

        private boolean nextLeft() {
            leftRow = leftRows.next();
            if (leftRow == null) {
                return false;
            }
            frame.execution().tick();
            matched = false;
            rightRows = right.open(dependent ? leftFrame.with(leftRow).inner() : frame);
            return true;
        }
    }

    static @Nullable Object[] join(@Nullable Object[] left, @Nullable Object[] right) {
        @Nullable Object[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }

    @Override
    public String describe() {
        return (outer ? "Left nested loop join" : "Nested loop join")
                + (dependent ? " (right side by left row)" : "");
    }

    @Override
    public List<Operator> inputs() {
        return List.of(left, right);
    }
}
