package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One query among those that enclose each other: its names, and the aggregates and set-returning
 * functions that its expressions call.
 *
 * <p>What these will give stands in bound expressions as columns far beyond those of FROM, until
 * the query knows where in its row they come to stand.
 */
public final class Level {

    /** Columns from here on are aggregates' results. */
    public static final int AGGREGATES = 1 << 20;

    /** Columns from here on are set-returning functions' results. */
    public static final int SET_FUNCTIONS = 1 << 24;

    /** A call of a set-returning function in a select list. */
    public record SetCall(SetFunction function, List<Scalar> arguments) {

        /** The type of the one column that it adds. */
        public SqlType type() {
            return function.columnTypes().size() == 1
                    ? function.columnTypes().getFirst()
                    : SqlType.RECORD;
        }
    }

    private final @Nullable Level outer;
    private final Scope scope;
    private final List<Relation.AggregateCall> aggregates = new ArrayList<>();
    private final List<SetCall> setCalls = new ArrayList<>();
    private boolean used;

    public Level(@Nullable Level outer, Scope scope) {
        this.outer = outer;
        this.scope = scope;
    }

    public @Nullable Level outer() {
        return outer;
    }

    public Scope scope() {
        return scope;
    }

    public List<Relation.AggregateCall> aggregates() {
        return aggregates;
    }

    public List<SetCall> setCalls() {
        return setCalls;
    }

    /** Whether a query within this one has named a column of it. */
    public boolean used() {
        return used;
    }

    void markUsed() {
        used = true;
    }

    /** The column that an aggregate's result will be; equal calls share one. */
    Scalar.Column add(Relation.AggregateCall call) {
        int index = 0;
        while (index < aggregates.size() && !Sameness.same(aggregates.get(index), call)) {
            index++;
        }
        if (index == aggregates.size()) {
            aggregates.add(call);
        }
        String name = call.aggregate().name();
        return new Scalar.Column(AGGREGATES + index, call.aggregate().result(), name);
    }

    /** The column that a set-returning function's values will be. */
    Scalar.Column add(SetCall call) {
        setCalls.add(call);
        int index = SET_FUNCTIONS + setCalls.size() - 1;
        return new Scalar.Column(index, call.type(), call.function().name());
    }
}
