package io.faraddb.engine.sql.bind;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies a bound tree and puts other expressions in place of some: those over the query's own row,
 * and in queries inside those that refer out to it.
 */
final class ColumnRewriter {

    private final Replacement replacement;

    /** What stands instead of an expression. */
    @FunctionalInterface
    interface Replacement {
        /**
         * @param depth how many queries were entered; 0 for an expression over the row itself
         * @return null to keep it and look into it
         */
        @Nullable Scalar of(Scalar expression, int depth);
    }

    ColumnRewriter(Replacement replacement) {
        this.replacement = replacement;
    }

    Scalar rewrite(Scalar expression) {
        return rewrite(expression, 0);
    }

    private List<Scalar> all(List<Scalar> expressions, int depth) {
        return expressions.stream().map(item -> rewrite(item, depth)).toList();
    }

    private @Nullable Scalar nullable(@Nullable Scalar expression, int depth) {
        return expression == null ? null : rewrite(expression, depth);
    }

    private Scalar rewrite(Scalar expression, int depth) {
        Scalar replaced = replacement.of(expression, depth);
        if (replaced != null) {
            return replaced;
        }
        return switch (expression) {
            case Scalar.Literal literal -> literal;
            case Scalar.Parameter parameter -> parameter;
            case Scalar.Column column -> column;
            case Scalar.Outer outer -> outer;
            case Scalar.Call call -> new Scalar.Call(call.function(), all(call.arguments(), depth));
            case Scalar.Cast cast ->
                    new Scalar.Cast(rewrite(cast.argument(), depth), cast.type(), cast.explicit());
            case Scalar.And and -> new Scalar.And(all(and.terms(), depth));
            case Scalar.Or or -> new Scalar.Or(all(or.terms(), depth));
            case Scalar.Not not -> new Scalar.Not(rewrite(not.argument(), depth));
            case Scalar.IsNull test ->
                    new Scalar.IsNull(rewrite(test.argument(), depth), test.negated());
            case Scalar.Case choice -> choice(choice, depth);
            case Scalar.Coalesce coalesce ->
                    new Scalar.Coalesce(all(coalesce.arguments(), depth), coalesce.type());
            case Scalar.In in ->
                    new Scalar.In(
                            rewrite(in.argument(), depth), all(in.items(), depth), in.equality());
            case Scalar.Quantified quantified ->
                    new Scalar.Quantified(
                            rewrite(quantified.argument(), depth),
                            rewrite(quantified.array(), depth),
                            quantified.comparison(),
                            quantified.all());
            case Scalar.ArrayOf array ->
                    new Scalar.ArrayOf(all(array.elements(), depth), array.type());
            case Scalar.Row row -> new Scalar.Row(all(row.fields(), depth));
            case Scalar.Subquery subquery ->
                    new Scalar.Subquery(
                            subquery.kind(), rewrite(subquery.query(), depth + 1), subquery.type());
            case Scalar.QuantifiedQuery query ->
                    new Scalar.QuantifiedQuery(
                            all(query.arguments(), depth),
                            rewrite(query.query(), depth + 1),
                            query.comparisons(),
                            query.all());
        };
    }

    private Scalar choice(Scalar.Case choice, int depth) {
        List<Scalar.When> whens =
                choice.whens().stream()
                        .map(when ->
                                new Scalar.When(
                                        rewrite(when.condition(), depth),
                                        rewrite(when.result(), depth)))
                        .toList();
        return new Scalar.Case(whens, nullable(choice.otherwise(), depth), choice.type());
    }

    private Relation rewrite(Relation relation, int depth) {
        return switch (relation) {
            case Relation.Scan scan -> scan;
            case Relation.SystemScan scan -> scan;
            case Relation.Values values ->
                    new Relation.Values(
                            values.rows().stream().map(row -> all(row, depth)).toList(),
                            values.fields());
            case Relation.FunctionScan scan ->
                    new Relation.FunctionScan(
                            scan.function(),
                            all(scan.arguments(), depth),
                            scan.ordinality(),
                            scan.fields());
            case Relation.Filter filter ->
                    new Relation.Filter(
                            rewrite(filter.input(), depth), rewrite(filter.condition(), depth));
            case Relation.Project project ->
                    new Relation.Project(
                            rewrite(project.input(), depth),
                            all(project.expressions(), depth),
                            project.fields());
            case Relation.ProjectSet project ->
                    new Relation.ProjectSet(
                            rewrite(project.input(), depth),
                            project.functions(),
                            project.arguments().stream().map(row -> all(row, depth)).toList(),
                            project.fields());
            case Relation.Join join ->
                    new Relation.Join(
                            join.kind(),
                            rewrite(join.left(), depth),
                            rewrite(join.right(), join.lateral() ? depth + 1 : depth),
                            nullable(join.condition(), depth),
                            join.lateral());
            case Relation.Grouping grouping -> grouping(grouping, depth);
            case Relation.Sort sort ->
                    new Relation.Sort(rewrite(sort.input(), depth), keys(sort.keys(), depth));
            case Relation.Limit limit ->
                    new Relation.Limit(
                            rewrite(limit.input(), depth),
                            nullable(limit.count(), depth),
                            nullable(limit.offset(), depth));
            case Relation.Distinct distinct ->
                    new Relation.Distinct(rewrite(distinct.input(), depth), distinct.on());
            case Relation.SetOperation operation ->
                    new Relation.SetOperation(
                            operation.kind(),
                            operation.all(),
                            rewrite(operation.left(), depth),
                            rewrite(operation.right(), depth),
                            operation.fields());
        };
    }

    private List<Relation.SortKey> keys(List<Relation.SortKey> keys, int depth) {
        return keys.stream()
                .map(key ->
                        new Relation.SortKey(
                                rewrite(key.expression(), depth),
                                key.descending(),
                                key.nullsFirst()))
                .toList();
    }

    private Relation grouping(Relation.Grouping grouping, int depth) {
        List<Relation.AggregateCall> calls =
                grouping.calls().stream()
                        .map(call ->
                                new Relation.AggregateCall(
                                        call.aggregate(),
                                        all(call.arguments(), depth),
                                        call.distinct(),
                                        nullable(call.filter(), depth),
                                        keys(call.order(), depth)))
                        .toList();
        return new Relation.Grouping(
                rewrite(grouping.input(), depth),
                all(grouping.keys(), depth),
                calls,
                grouping.fields());
    }
}
