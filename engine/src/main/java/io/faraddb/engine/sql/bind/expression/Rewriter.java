package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces parts of bound trees, also in the queries within them. */
public final class Rewriter {

    private final Replacement replacement;

    /** What comes in place of an expression. */
    @FunctionalInterface
    public interface Replacement {
        /**
         * @param depth how many queries lie between the row that the rewriting is about and the
         *     expression: that row's columns are Outer columns of this depth there
         * @return null to keep it and go on with its parts
         */
        @Nullable Scalar replace(Scalar scalar, int depth);
    }

    public Rewriter(Replacement replacement) {
        this.replacement = replacement;
    }

    public Scalar rewrite(Scalar scalar) {
        return rewrite(scalar, 0);
    }

    // Expressions ------------------------------------------------------------------------------

    private Scalar rewrite(Scalar scalar, int depth) {
        Scalar replaced = replacement.replace(scalar, depth);
        return replaced == null ? parts(scalar, depth) : replaced;
    }

    private Scalar parts(Scalar scalar, int depth) {
        return switch (scalar) {
            case Scalar.Literal leaf -> leaf;
            case Scalar.Parameter leaf -> leaf;
            case Scalar.Column leaf -> leaf;
            case Scalar.Outer leaf -> leaf;
            case Scalar.Call call -> new Scalar.Call(call.function(), all(call.arguments(), depth));
            case Scalar.Cast cast ->
                    new Scalar.Cast(rewrite(cast.argument(), depth), cast.type(), cast.explicit());
            case Scalar.And and -> new Scalar.And(all(and.terms(), depth));
            case Scalar.Or or -> new Scalar.Or(all(or.terms(), depth));
            case Scalar.Not not -> new Scalar.Not(rewrite(not.argument(), depth));
            case Scalar.IsNull test ->
                    new Scalar.IsNull(rewrite(test.argument(), depth), test.negated());
            case Scalar.Case choice ->
                    new Scalar.Case(
                            choice.whens().stream()
                                    .map(when ->
                                            new Scalar.When(
                                                    rewrite(when.condition(), depth),
                                                    rewrite(when.result(), depth)))
                                    .toList(),
                            nullable(choice.otherwise(), depth),
                            choice.type());
            case Scalar.Coalesce coalesce ->
                    new Scalar.Coalesce(all(coalesce.arguments(), depth), coalesce.type());
            case Scalar.In in ->
                    new Scalar.In(
                            rewrite(in.argument(), depth), all(in.items(), depth), in.equality());
            case Scalar.Quantified test ->
                    new Scalar.Quantified(
                            rewrite(test.argument(), depth),
                            rewrite(test.array(), depth),
                            test.comparison(),
                            test.all());
            case Scalar.ArrayOf array ->
                    new Scalar.ArrayOf(all(array.elements(), depth), array.type());
            case Scalar.Row row -> new Scalar.Row(all(row.fields(), depth));
            case Scalar.Subquery query ->
                    new Scalar.Subquery(
                            query.kind(), rewrite(query.query(), depth + 1), query.type());
            case Scalar.QuantifiedQuery query ->
                    new Scalar.QuantifiedQuery(
                            all(query.arguments(), depth),
                            rewrite(query.query(), depth + 1),
                            query.comparisons(),
                            query.all());
        };
    }

    private List<Scalar> all(List<Scalar> scalars, int depth) {
        List<Scalar> rewritten = new ArrayList<>(scalars.size());
        for (Scalar scalar : scalars) {
            rewritten.add(rewrite(scalar, depth));
        }
        return rewritten;
    }

    private @Nullable Scalar nullable(@Nullable Scalar scalar, int depth) {
        return scalar == null ? null : rewrite(scalar, depth);
    }

    // Relations --------------------------------------------------------------------------------

    /**
     * @param depth of the relation's own expressions
     */
    public Relation rewrite(Relation relation, int depth) {
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

    private Relation grouping(Relation.Grouping grouping, int depth) {
        List<Relation.AggregateCall> calls = new ArrayList<>();
        for (Relation.AggregateCall call : grouping.calls()) {
            calls.add(
                    new Relation.AggregateCall(
                            call.aggregate(),
                            all(call.arguments(), depth),
                            call.distinct(),
                            nullable(call.filter(), depth),
                            keys(call.order(), depth)));
        }
        return new Relation.Grouping(
                rewrite(grouping.input(), depth),
                all(grouping.keys(), depth),
                calls,
                grouping.fields());
    }

    private List<Relation.SortKey> keys(List<Relation.SortKey> keys, int depth) {
        List<Relation.SortKey> rewritten = new ArrayList<>();
        for (Relation.SortKey key : keys) {
            rewritten.add(
                    new Relation.SortKey(
                            rewrite(key.expression(), depth), key.descending(), key.nullsFirst()));
        }
        return rewritten;
    }
}
