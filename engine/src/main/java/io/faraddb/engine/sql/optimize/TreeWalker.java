package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.Scalar.Column;
import io.faraddb.engine.sql.bind.Scalar.Outer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Visits every node of a bound tree; depth counts the queries entered on the way. */
public abstract class TreeWalker {

    /** Called for each expression before its parts. */
    public abstract void visit(Scalar expression, int depth);

    /** Called for each relation before its parts. */
    public void visit(Relation relation) {}

    public final void walkAll(List<Scalar> expressions, int depth) {
        expressions.forEach(expression -> walk(expression, depth));
    }

    private void walkNullable(@Nullable Scalar expression, int depth) {
        if (expression != null) {
            walk(expression, depth);
        }
    }

    public final void walk(Scalar expression, int depth) {
        visit(expression, depth);
        switch (expression) {
            case Scalar.Literal literal -> {}
            case Scalar.Parameter parameter -> {}
            case Column column -> {}
            case Outer outer -> {}
            case Scalar.Call call -> walkAll(call.arguments(), depth);
            case Scalar.Cast cast -> walk(cast.argument(), depth);
            case Scalar.And and -> walkAll(and.terms(), depth);
            case Scalar.Or or -> walkAll(or.terms(), depth);
            case Scalar.Not not -> walk(not.argument(), depth);
            case Scalar.IsNull test -> walk(test.argument(), depth);
            case Scalar.Case choice -> {
                for (Scalar.When when : choice.whens()) {
                    walk(when.condition(), depth);
                    walk(when.result(), depth);
                }
                walkNullable(choice.otherwise(), depth);
            }
            case Scalar.Coalesce coalesce -> walkAll(coalesce.arguments(), depth);
            case Scalar.In in -> {
                walk(in.argument(), depth);
                walkAll(in.items(), depth);
            }
            case Scalar.Quantified quantified -> {
                walk(quantified.argument(), depth);
                walk(quantified.array(), depth);
            }
            case Scalar.ArrayOf array -> walkAll(array.elements(), depth);
            case Scalar.Row row -> walkAll(row.fields(), depth);
            case Scalar.Subquery subquery -> walk(subquery.query(), depth + 1);
            case Scalar.QuantifiedQuery query -> {
                walkAll(query.arguments(), depth);
                walk(query.query(), depth + 1);
            }
        }
    }

    public final void walk(Relation relation, int depth) {
        visit(relation);
        switch (relation) {
            case Relation.Scan scan -> {}
            case Relation.SystemScan scan -> {}
            case Relation.Values values -> values.rows().forEach(row -> walkAll(row, depth));
            case Relation.FunctionScan scan -> walkAll(scan.arguments(), depth);
            case Relation.Filter filter -> {
                walk(filter.input(), depth);
                walk(filter.condition(), depth);
            }
            case Relation.Project project -> {
                walk(project.input(), depth);
                walkAll(project.expressions(), depth);
            }
            case Relation.ProjectSet project -> {
                walk(project.input(), depth);
                project.arguments().forEach(arguments -> walkAll(arguments, depth));
            }
            case Relation.Join join -> {
                walk(join.left(), depth);
                walk(join.right(), join.lateral() ? depth + 1 : depth);
                walkNullable(join.condition(), depth);
            }
            case Relation.Grouping grouping -> walkGrouping(grouping, depth);
            case Relation.Sort sort -> {
                walk(sort.input(), depth);
                sort.keys().forEach(key -> walk(key.expression(), depth));
            }
            case Relation.Limit limit -> {
                walk(limit.input(), depth);
                walkNullable(limit.count(), depth);
                walkNullable(limit.offset(), depth);
            }
            case Relation.Distinct distinct -> walk(distinct.input(), depth);
            case Relation.SetOperation operation -> {
                walk(operation.left(), depth);
                walk(operation.right(), depth);
            }
        }
    }

    private void walkGrouping(Relation.Grouping grouping, int depth) {
        walk(grouping.input(), depth);
        walkAll(grouping.keys(), depth);
        for (Relation.AggregateCall call : grouping.calls()) {
            walkAll(call.arguments(), depth);
            walkNullable(call.filter(), depth);
            call.order().forEach(key -> walk(key.expression(), depth));
        }
    }
}
