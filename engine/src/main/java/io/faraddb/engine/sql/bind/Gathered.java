package io.faraddb.engine.sql.bind;

import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Aggregates and set-returning functions met while binding a select list. In the expressions stand
 * columns behind all real ones, which are moved once it is known how many columns there are.
 */
final class Gathered {

    /** The first column that stands for an aggregate. */
    static final int AGGREGATES = 1_000_000;

    /** The first column that stands for a set-returning function. */
    static final int SETS = 2_000_000;

    private final List<Relation.AggregateCall> aggregates = new ArrayList<>();
    private final List<SetCall> sets = new ArrayList<>();
    private boolean aggregatesAllowed = true;
    private boolean setsAllowed = true;

    record SetCall(SetFunction function, List<Scalar> arguments) {}

    List<Relation.AggregateCall> aggregates() {
        return aggregates;
    }

    List<SetCall> sets() {
        return sets;
    }

    boolean aggregatesAllowed() {
        return aggregatesAllowed;
    }

    boolean setsAllowed() {
        return setsAllowed;
    }

    /** Inside an aggregate's arguments there may be no other. */
    void allow(boolean aggregate, boolean set) {
        aggregatesAllowed = aggregate;
        setsAllowed = set;
    }

    Scalar aggregate(Relation.AggregateCall call) {
        int place = aggregates.indexOf(call);
        if (place < 0) {
            place = aggregates.size();
            aggregates.add(call);
        }
        return new Scalar.Column(
                AGGREGATES + place, call.aggregate().result(), call.aggregate().name());
    }

    Scalar set(SetFunction function, List<Scalar> arguments) {
        sets.add(new SetCall(function, arguments));
        SqlType type =
                function.columnTypes().size() == 1
                        ? function.columnTypes().getFirst()
                        : SqlType.RECORD;
        return new Scalar.Column(SETS + sets.size() - 1, type, function.name());
    }

    void changeSetArguments(UnaryOperator<Scalar> change) {
        sets.replaceAll(call ->
                new SetCall(call.function(), call.arguments().stream().map(change).toList()));
    }
}
