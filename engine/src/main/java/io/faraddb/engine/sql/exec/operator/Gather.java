package io.faraddb.engine.sql.exec.operator;

import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.Rows;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs its input in each partition that can have rows of it, and gives all their rows. */
public final class Gather implements Operator {

    private final Operator input;
    private final Where where;

    /** Which partitions can have rows. */
    public sealed interface Where {

        /** Any one: each has all the rows. */
        record Anywhere() implements Where {}

        record Everywhere() implements Where {}

        /** The one of a value of the partitioning column. */
        record Pinned(TypeKind kind, Evaluator value) implements Where {}
    }

    public Gather(Operator input, Where where) {
        this.input = input;
        this.where = where;
    }

    @Override
    public Rows open(Frame frame) {
        Views views = frame.execution().views();
        return switch (where) {
            case Where.Anywhere anywhere -> input.open(frame.in(views.anyPartition()));
            case Where.Pinned pinned -> {
                Object value = pinned.value().value(frame);
                // Nothing equals null.
                yield value == null
                        ? Rows.NONE
                        : input.open(frame.in(views.ring().partitionOf(pinned.kind(), value)));
            }
            case Where.Everywhere everywhere -> everywhere(frame, views);
        };
    }

    private Rows everywhere(Frame frame, Views views) {
        int partitions = views.ring().partitions();
        return partitions == 1
                ? input.open(frame.in(0))
                : new Concatenation(input, frame, partitions);
    }

    /** One partition's rows after the other's. */
    private static final class Concatenation implements Rows {
        private final Operator input;
        private final Frame frame;
        private final int partitions;
        private int partition;
        private Rows current = Rows.NONE;

        Concatenation(Operator input, Frame frame, int partitions) {
            this.input = input;
            this.frame = frame;
            this.partitions = partitions;
        }

        @Override
        public @Nullable Object @Nullable [] next() {
            while (true) {
                @Nullable Object[] row = current.next();
                if (row != null) {
                    return row;
                }
                if (partition == partitions) {
                    return null;
                }
                current = input.open(frame.in(partition++));
            }
        }
    }

    @Override
    public String describe() {
        return switch (where) {
            case Where.Anywhere anywhere -> "Gather from any one partition (replicated)";
            case Where.Pinned pinned -> "Gather from the partition of the key";
            case Where.Everywhere everywhere -> "Gather from all partitions";
        };
    }

    @Override
    public List<Operator> inputs() {
        return List.of(input);
    }
}
