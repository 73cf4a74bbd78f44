package io.faraddb.engine.sql.exec;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scalar;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subqueries as values: the query runs once for each row of the enclosing one. */
final class SubqueryEvaluators {

    private SubqueryEvaluators() {}

    static Evaluator subquery(Scalar.Subquery.Kind kind, Operator query) {
        return switch (kind) {
            case SCALAR -> frame -> scalar(query.open(frame.inner()));
            case EXISTS -> frame -> query.open(frame.inner()).next() != null;
            case ARRAY -> frame -> array(query.open(frame.inner()));
        };
    }

    private static @Nullable Object scalar(Rows rows) {
        @Nullable Object[] first = rows.next();
        if (first == null) {
            return null;
        }
        if (rows.next() != null) {
            throw new SqlException(
                    ErrorCode.CARDINALITY_VIOLATION,
                    "more than one row returned by a subquery used as an expression");
        }
        return first[0];
    }

    private static List<@Nullable Object> array(Rows rows) {
        List<@Nullable Object> values = new ArrayList<>();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            values.add(row[0]);
        }
        return Collections.unmodifiableList(values);
    }

    static Evaluator quantified(
            Scalar.QuantifiedQuery query, List<Evaluator> arguments, Operator operator) {
        List<Comparison> comparisons = query.comparisons().stream().map(Comparisons::of).toList();
        boolean all = query.all();
        return frame -> {
            @Nullable Object[] left = new @Nullable Object[arguments.size()];
            for (int i = 0; i < left.length; i++) {
                left[i] = arguments.get(i).value(frame);
            }
            Rows rows = operator.open(frame.inner());
            boolean unknown = false;
            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                Boolean holds = compare(left, row, comparisons, frame);
                if (holds == null) {
                    unknown = true;
                } else if (holds != all) {
                    return !all;
                }
            }
            return unknown ? null : all;
        };
    }

    /** Three-valued AND of the columns' comparisons. */
    private static @Nullable Boolean compare(
            @Nullable Object[] left,
            @Nullable Object[] right,
            List<Comparison> comparisons,
            Frame frame) {
        boolean unknown = false;
        for (int i = 0; i < left.length; i++) {
            Object a = left[i];
            Object b = right[i];
            if (a == null || b == null) {
                unknown = true;
            } else if (!comparisons.get(i).holds(a, b, frame)) {
                return false;
            }
        }
        return unknown ? null : true;
    }
}
