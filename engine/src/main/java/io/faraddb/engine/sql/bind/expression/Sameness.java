package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Function;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether two expressions say the same: what groups' keys and sorted outputs are matched by. */
public final class Sameness {

    private Sameness() {}

    public static boolean same(@Nullable Scalar a, @Nullable Scalar b) {
        if (a == b) {
            return true;
        }
        if (a == null || b == null) {
            return false;
        }
        return switch (a) {
            case Scalar.Literal x -> b instanceof Scalar.Literal y && sameLiteral(x, y);
            case Scalar.Parameter x ->
                    b instanceof Scalar.Parameter y
                            && x.index() == y.index()
                            && x.type().equals(y.type());
            case Scalar.Column x -> b instanceof Scalar.Column y && x.index() == y.index();
            case Scalar.Outer x ->
                    b instanceof Scalar.Outer y && x.depth() == y.depth() && x.index() == y.index();
            case Scalar.Call x ->
                    b instanceof Scalar.Call y
                            && sameFunction(x.function(), y.function())
                            && x.function().volatility() != Function.Volatility.VOLATILE
                            && sameAll(x.arguments(), y.arguments());
            case Scalar.Cast x ->
                    b instanceof Scalar.Cast y
                            && x.type().equals(y.type())
                            && same(x.argument(), y.argument());
            case Scalar.And x -> b instanceof Scalar.And y && sameAll(x.terms(), y.terms());
            case Scalar.Or x -> b instanceof Scalar.Or y && sameAll(x.terms(), y.terms());
            case Scalar.Not x -> b instanceof Scalar.Not y && same(x.argument(), y.argument());
            case Scalar.IsNull x ->
                    b instanceof Scalar.IsNull y
                            && x.negated() == y.negated()
                            && same(x.argument(), y.argument());
            case Scalar.Case x ->
                    b instanceof Scalar.Case y
                            && sameWhens(x.whens(), y.whens())
                            && same(x.otherwise(), y.otherwise());
            case Scalar.Coalesce x ->
                    b instanceof Scalar.Coalesce y && sameAll(x.arguments(), y.arguments());
            case Scalar.In x ->
                    b instanceof Scalar.In y
                            && same(x.argument(), y.argument())
                            && sameAll(x.items(), y.items());
            case Scalar.Quantified x ->
                    b instanceof Scalar.Quantified y
                            && x.all() == y.all()
                            && sameFunction(x.comparison(), y.comparison())
                            && same(x.argument(), y.argument())
                            && same(x.array(), y.array());
            case Scalar.ArrayOf x ->
                    b instanceof Scalar.ArrayOf y && sameAll(x.elements(), y.elements());
            case Scalar.Row x -> b instanceof Scalar.Row y && sameAll(x.fields(), y.fields());
            case Scalar.Subquery x -> x.equals(b);
            case Scalar.QuantifiedQuery x -> x.equals(b);
        };
    }

    private static boolean sameLiteral(Scalar.Literal a, Scalar.Literal b) {
        if (!a.type().equals(b.type())) {
            return false;
        }
        return a.value() instanceof byte[] x && b.value() instanceof byte[] y
                ? Arrays.equals(x, y)
                : Objects.equals(a.value(), b.value());
    }

    private static boolean sameFunction(Function a, Function b) {
        return a.name().equals(b.name())
                && a.parameters().equals(b.parameters())
                && a.result().equals(b.result());
    }

    private static boolean sameAll(List<Scalar> a, List<Scalar> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameWhens(List<Scalar.When> a, List<Scalar.When> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i).condition(), b.get(i).condition())
                    || !same(a.get(i).result(), b.get(i).result())) {
                return false;
            }
        }
        return true;
    }

    static boolean same(Relation.AggregateCall a, Relation.AggregateCall b) {
        return a.aggregate().name().equals(b.aggregate().name())
                && a.aggregate().parameters().equals(b.aggregate().parameters())
                && a.distinct() == b.distinct()
                && sameAll(a.arguments(), b.arguments())
                && same(a.filter(), b.filter())
                && a.order().isEmpty()
                && b.order().isEmpty();
    }
}
