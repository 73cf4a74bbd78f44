package io.faraddb.engine.sql.bind.statement;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.BoundStatement.Assignment;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.Coercions;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.DataChange.ColumnTarget;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Binds SET: columns and the values they get. */
final class Assignments {

    private final TargetTable target;
    private final ExpressionBinder binder;
    private final List<Assignment> assignments = new ArrayList<>();
    private final Set<Integer> columns = new HashSet<>();

    private Assignments(TargetTable target, ExpressionBinder binder) {
        this.target = target;
        this.binder = binder;
    }

    static List<Assignment> bind(
            List<DataChange.Assignment> written, TargetTable target, ExpressionBinder binder) {
        Assignments assignments = new Assignments(target, binder);
        written.forEach(assignments::add);
        return assignments.assignments;
    }

    private void add(DataChange.Assignment assignment) {
        List<ColumnTarget> targets = assignment.columns();
        if (targets.size() == 1 && !(assignment.value() instanceof Expression.Row)) {
            add(targets.getFirst(), value(targets.getFirst(), assignment.value()));
            return;
        }
        switch (assignment.value()) {
            case Expression.Row row -> {
                checkCount(targets.size(), row.items().size(), assignment.value().position());
                for (int i = 0; i < targets.size(); i++) {
                    add(targets.get(i), value(targets.get(i), row.items().get(i)));
                }
            }
            case Expression.ScalarQuery query -> addFromQuery(targets, query);
            default ->
                    throw new SqlException(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "source for a multiple-column UPDATE item must be a"
                                            + " sub-SELECT or ROW() expression")
                            .at(assignment.value().position());
        }
    }

    private Scalar value(ColumnTarget column, Expression expression) {
        int index = target.columnIndex(column);
        return expression instanceof Expression.DefaultValue
                ? target.defaultValue(index)
                : target.assigned(index, binder.bind(expression), expression.position());
    }

    /** Each column asks the query for its own; it gives one row or none. */
    private void addFromQuery(List<ColumnTarget> targets, Expression.ScalarQuery query) {
        Relation relation = binder.query(query.query());
        checkCount(targets.size(), relation.fields().size(), query.position());
        for (int i = 0; i < targets.size(); i++) {
            Relation.Field field = relation.fields().get(i);
            Relation one =
                    new Relation.Project(
                            relation,
                            List.of(new Scalar.Column(i, field.type(), field.name())),
                            List.of(field));
            Scalar value = new Scalar.Subquery(Scalar.Subquery.Kind.SCALAR, one, field.type());
            int index = target.columnIndex(targets.get(i));
            add(targets.get(i), target.assigned(index, value, query.position()));
        }
    }

    private static void checkCount(int columns, int values, int position) {
        if (columns != values) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "number of columns does not match number of values")
                    .at(position);
        }
    }

    private void add(ColumnTarget column, Scalar value) {
        int index = target.columnIndex(column);
        if (!columns.add(index)) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            "multiple assignments to same column \"" + column.name() + "\"")
                    .at(column.position());
        }
        assignments.add(new Assignment(index, value));
    }

    /**
     * A value as it is stored.
     *
     * @param what it is stored in, for messages
     */
    static Scalar assigned(
            Coercions coercions, Scalar value, SqlType wanted, String what, int position) {
        Scalar assigned;
        try {
            assigned = coercions.assign(value, wanted);
        } catch (SqlException invalid) {
            throw invalid.position() == 0 ? invalid.at(position) : invalid;
        }
        if (assigned == null) {
            throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            what
                                    + " is of type "
                                    + wanted.unmodified()
                                    + " but expression is of type "
                                    + value.type().unmodified())
                    .hint("You will need to rewrite or cast the expression.")
                    .at(position);
        }
        return assigned;
    }
}
