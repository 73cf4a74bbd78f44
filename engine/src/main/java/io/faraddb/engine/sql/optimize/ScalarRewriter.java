package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.sql.bind.Scalar;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Copies an expression, putting others in place of its columns. Subqueries are not entered. */
public final class ScalarRewriter {

    private final Function<Scalar.Column, Scalar> columns;
    private final Function<Scalar.Outer, Scalar> outers;

    private ScalarRewriter(
            Function<Scalar.Column, Scalar> columns, Function<Scalar.Outer, Scalar> outers) {
        this.columns = columns;
        this.outers = outers;
    }

    /** Puts what a function makes of it in place of each column. */
    public static Scalar columns(Scalar expression, Function<Scalar.Column, Scalar> replacement) {
        return new ScalarRewriter(replacement, outer -> outer).rewrite(expression);
    }

    /** Puts an expression in place of each column. */
    public static Scalar substitute(Scalar expression, List<Scalar> replacements) {
        return new ScalarRewriter(column -> replacements.get(column.index()), outer -> outer)
                .rewrite(expression);
    }

    /** Moves columns at or behind a place. */
    public static Scalar shift(Scalar expression, int from, int by) {
        return new ScalarRewriter(
                        column -> column.index() < from ? column : moved(column, by),
                        outer -> outer)
                .rewrite(expression);
    }

    /**
     * An expression over a joined row as one inside the right side of a dependent join: left's
     * columns become outer ones, right's lose left's width.
     */
    public static Scalar intoDependent(Scalar expression, int leftWidth) {
        return new ScalarRewriter(
                        column ->
                                column.index() < leftWidth
                                        ? new Scalar.Outer(
                                                1, column.index(), column.type(), column.name())
                                        : moved(column, -leftWidth),
                        outer ->
                                new Scalar.Outer(
                                        outer.depth() + 1,
                                        outer.index(),
                                        outer.type(),
                                        outer.name()))
                .rewrite(expression);
    }

    private static Scalar moved(Scalar.Column column, int by) {
        return new Scalar.Column(column.index() + by, column.type(), column.name());
    }

    private List<Scalar> all(List<Scalar> expressions) {
        return expressions.stream().map(this::rewrite).toList();
    }

    private @Nullable Scalar nullable(@Nullable Scalar expression) {
        return expression == null ? null : rewrite(expression);
    }

    private Scalar rewrite(Scalar expression) {
        return switch (expression) {
            case Scalar.Literal literal -> literal;
            case Scalar.Parameter parameter -> parameter;
            case Scalar.Column column -> columns.apply(column);
            case Scalar.Outer outer -> outers.apply(outer);
            case Scalar.Call call -> new Scalar.Call(call.function(), all(call.arguments()));
            case Scalar.Cast cast ->
                    new Scalar.Cast(rewrite(cast.argument()), cast.type(), cast.explicit());
            case Scalar.And and -> new Scalar.And(all(and.terms()));
            case Scalar.Or or -> new Scalar.Or(all(or.terms()));
            case Scalar.Not not -> new Scalar.Not(rewrite(not.argument()));
            case Scalar.IsNull test -> new Scalar.IsNull(rewrite(test.argument()), test.negated());
            case Scalar.Case choice ->
                    new Scalar.Case(
                            choice.whens().stream()
                                    .map(when ->
                                            new Scalar.When(
                                                    rewrite(when.condition()),
                                                    rewrite(when.result())))
                                    .toList(),
                            nullable(choice.otherwise()),
                            choice.type());
            case Scalar.Coalesce coalesce ->
                    new Scalar.Coalesce(all(coalesce.arguments()), coalesce.type());
            case Scalar.In in ->
                    new Scalar.In(rewrite(in.argument()), all(in.items()), in.equality());
            case Scalar.Quantified quantified ->
                    new Scalar.Quantified(
                            rewrite(quantified.argument()),
                            rewrite(quantified.array()),
                            quantified.comparison(),
                            quantified.all());
            case Scalar.ArrayOf array -> new Scalar.ArrayOf(all(array.elements()), array.type());
            case Scalar.Row row -> new Scalar.Row(all(row.fields()));
            case Scalar.Subquery subquery -> notEntered(subquery);
            case Scalar.QuantifiedQuery query -> notEntered(query);
        };
    }

    private static Scalar notEntered(Scalar query) {
        Invariant.check(false, "only movable expressions are rewritten");
        return query;
    }
}
