package io.faraddb.engine.sql.exec;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.type.KeyWriter;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        return operator.once() && isMembership(query)
                ? membership(query, arguments, comparisons, operator)
                : eachRow(query, arguments, comparisons, operator);
    }

    /** Whether it is IN, or NOT IN. */
    private static boolean isMembership(Scalar.QuantifiedQuery query) {
        String operator = query.all() ? "<>" : "=";
        return query.comparisons().stream()
                .allMatch(comparison ->
                        comparison.name().equals(operator)
                                && comparison.isComparison()
                                && comparison.parameters().getFirst().kind() != TypeKind.ARRAY);
    }

    /** A query's rows, for looking up: those with nulls apart, since they may equal anything. */
    private static final class Members {
        private final Set<RowKey> keys = new HashSet<>();
        private final List<@Nullable Object[]> withNulls = new ArrayList<>();
    }

    private static Evaluator membership(
            Scalar.QuantifiedQuery query,
            List<Evaluator> arguments,
            List<Comparison> comparisons,
            Operator operator) {
        TypeKind[] kinds =
                query.comparisons().stream()
                        .map(comparison -> comparison.parameters().getFirst().kind())
                        .toArray(TypeKind[]::new);
        boolean all = query.all();
        Object owner = new Object();
        return frame -> {
            @Nullable Object[] left = values(arguments, frame);
            RowKey key = RowKey.ofValues(RowKey.writer(), kinds, left);
            if (key == null) {
                return compareAll(left, operator.open(frame.inner()), comparisons, all, frame);
            }
            Members members =
                    frame.execution()
                            .state(owner, () -> members(operator.open(frame.inner()), kinds));
            if (members.keys.contains(key)) {
                return !all;
            }
            return compareAll(left, Rows.of(members.withNulls), comparisons, all, frame);
        };
    }

    private static Members members(Rows rows, TypeKind[] kinds) {
        Members members = new Members();
        KeyWriter writer = RowKey.writer();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            RowKey key = RowKey.ofValues(writer, kinds, row);
            if (key == null) {
                members.withNulls.add(row);
            } else {
                members.keys.add(key);
            }
        }
        return members;
    }

    private static Evaluator eachRow(
            Scalar.QuantifiedQuery query,
            List<Evaluator> arguments,
            List<Comparison> comparisons,
            Operator operator) {
        boolean all = query.all();
        return frame ->
                compareAll(
                        values(arguments, frame),
                        operator.open(frame.inner()),
                        comparisons,
                        all,
                        frame);
    }

    private static @Nullable Object[] values(List<Evaluator> arguments, Frame frame) {
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(i).value(frame);
        }
        return values;
    }

    private static @Nullable Boolean compareAll(
            @Nullable Object[] left,
            Rows rows,
            List<Comparison> comparisons,
            boolean all,
            Frame frame) {
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
