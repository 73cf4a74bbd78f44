package io.faraddb.engine.sql.plan;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Join.Kind;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.exec.ExpressionCompiler;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.operator.Cached;
import io.faraddb.engine.sql.exec.operator.HashJoin;
import io.faraddb.engine.sql.exec.operator.NestedLoopJoin;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans joins: conditions on one side go down to it; then a look-up of the right side by its key
 * for each left row, a hash join on equal columns, or a nested loop.
 */
final class JoinPlanner {

    private final QueryPlanner queries;
    private final ExpressionCompiler compiler;

    JoinPlanner(QueryPlanner queries, ExpressionCompiler compiler) {
        this.queries = queries;
        this.compiler = compiler;
    }

    /** A join's conditions, sorted by where they can be tested. */
    private static final class Sides {
        private final int leftWidth;
        private final int rightWidth;
        private final List<Scalar> left = new ArrayList<>();
        private final List<Scalar> right = new ArrayList<>();
        private final List<Scalar> on = new ArrayList<>();
        private final List<Scalar> above = new ArrayList<>();

        Sides(Relation.Join join) {
            leftWidth = join.left().fields().size();
            rightWidth = join.right().fields().size();
        }

        boolean leftOnly(BitSet columns) {
            return columns.length() <= leftWidth;
        }

        boolean rightOnly(BitSet columns) {
            return columns.nextSetBit(0) >= leftWidth || columns.isEmpty();
        }

        void toRight(Scalar term) {
            right.add(ScalarRewriter.shift(term, 0, -leftWidth));
        }
    }

    Operator plan(Relation.Join join, List<Scalar> filters, BitSet used) {
        Sides sides = new Sides(join);
        for (Scalar term : Expressions.conjuncts(join.condition())) {
            condition(join.kind(), term, sides);
        }
        filters.forEach(filter -> filter(join.kind(), filter, sides));
        if (join.kind() == Kind.INNER || join.kind() == Kind.LEFT) {
            propagateConstants(sides);
        }
        BitSet needed = (BitSet) used.clone();
        needed.or(Expressions.columns(sides.on));
        needed.or(Expressions.columns(sides.above));
        return queries.filtered(join(join, sides, needed), sides.above);
    }

    /** Where a term of ON can be tested without changing which rows stay unmatched. */
    private static void condition(Kind kind, Scalar term, Sides sides) {
        BitSet columns = Expressions.columns(term);
        boolean movable = Expressions.movable(term);
        if (movable && kind == Kind.INNER && sides.leftOnly(columns)) {
            sides.left.add(term);
        } else if (movable
                && (kind == Kind.INNER || kind == Kind.LEFT)
                && sides.rightOnly(columns)) {
            sides.toRight(term);
        } else if (movable && kind == Kind.RIGHT && sides.leftOnly(columns)) {
            sides.left.add(term);
        } else {
            sides.on.add(term);
        }
    }

    /** Where a term of WHERE can be tested: below on a side whose rows all stay. */
    private static void filter(Kind kind, Scalar term, Sides sides) {
        BitSet columns = Expressions.columns(term);
        if ((kind == Kind.INNER || kind == Kind.LEFT) && sides.leftOnly(columns)) {
            sides.left.add(term);
        } else if ((kind == Kind.INNER || kind == Kind.RIGHT) && sides.rightOnly(columns)) {
            sides.toRight(term);
        } else if (kind == Kind.INNER) {
            sides.on.add(term);
        } else {
            sides.above.add(term);
        }
    }

    /** left.a = 5 and left.a = right.b make right.b = 5: so both are in one partition. */
    private static void propagateConstants(Sides sides) {
        for (Scalar term : sides.on) {
            Scalar.Call equality = equality(term);
            if (equality == null
                    || !(equality.arguments().get(0) instanceof Scalar.Column a)
                    || !(equality.arguments().get(1) instanceof Scalar.Column b)) {
                continue;
            }
            Scalar.Column left = a.index() < b.index() ? a : b;
            Scalar.Column right = a.index() < b.index() ? b : a;
            for (Scalar known : List.copyOf(sides.left)) {
                Scalar value = constantOf(known, left);
                if (value != null && right.index() >= sides.leftWidth) {
                    Scalar.Column moved =
                            new Scalar.Column(
                                    right.index() - sides.leftWidth, right.type(), right.name());
                    sides.right.add(new Scalar.Call(equality.function(), List.of(moved, value)));
                }
            }
        }
    }

    private static Scalar.@Nullable Call equality(Scalar term) {
        Scalar.Call call = Expressions.comparison(term);
        return call != null && call.function().name().equals("=") ? call : null;
    }

    private static @Nullable Scalar constantOf(Scalar term, Scalar.Column column) {
        Scalar.Call call = equality(term);
        if (call == null) {
            return null;
        }
        Scalar first = call.arguments().get(0);
        Scalar second = call.arguments().get(1);
        if (first.equals(column) && Expressions.constant(second)) {
            return second;
        }
        return second.equals(column) && Expressions.constant(first) ? first : null;
    }

    private Operator join(Relation.Join join, Sides sides, BitSet needed) {
        BitSet leftUsed = needed.get(0, sides.leftWidth);
        BitSet rightUsed = needed.get(sides.leftWidth, sides.leftWidth + sides.rightWidth);
        boolean keepsLeft = join.kind() == Kind.LEFT;
        boolean canDepend = join.kind() == Kind.INNER || keepsLeft;
        if (join.lateral()) {
            if (!canDepend) {
                throw SqlException.unsupported(join.kind() + " JOIN LATERAL");
            }
            leftUsed.or(Expressions.outerColumns(join.right()));
            return nestedLoop(join, sides, leftUsed, rightUsed, true);
        }
        if (canDepend && keyLookup(join, sides)) {
            return dependent(join, sides, leftUsed, rightUsed);
        }
        HashJoin.Keys keys = keys(sides);
        if (keys.left().isEmpty() && canDepend) {
            return nestedLoop(join, sides, leftUsed, rightUsed, false);
        }
        Operator left = queries.plan(join.left(), sides.left, leftUsed);
        Operator right = queries.plan(join.right(), sides.right, rightUsed);
        Scalar rest = Expressions.conjunction(sides.on);
        return new HashJoin(
                join.kind(),
                left,
                right,
                keys,
                rest == null ? null : compiler.compile(rest),
                new HashJoin.Widths(sides.leftWidth, sides.rightWidth));
    }

    /** Takes the equalities between the sides out of the conditions. */
    private HashJoin.Keys keys(Sides sides) {
        HashJoin.Keys keys =
                new HashJoin.Keys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Scalar term : List.copyOf(sides.on)) {
            Scalar.Call call = equality(term);
            if (call == null || !Expressions.movable(term)) {
                continue;
            }
            TypeKind kind = call.function().parameters().get(0).kind();
            Scalar first = call.arguments().get(0);
            Scalar second = call.arguments().get(1);
            if (!splits(first, second, sides)) {
                Scalar swapped = first;
                first = second;
                second = swapped;
            }
            if (splits(first, second, sides) && kind != TypeKind.ARRAY) {
                keys.left().add(compiler.compile(first));
                keys.right()
                        .add(compiler.compile(ScalarRewriter.shift(second, 0, -sides.leftWidth)));
                keys.kinds().add(kind);
                sides.on.remove(term);
            }
        }
        return keys;
    }

    private static boolean splits(Scalar first, Scalar second, Sides sides) {
        BitSet a = Expressions.columns(first);
        BitSet b = Expressions.columns(second);
        return !a.isEmpty() && !b.isEmpty() && sides.leftOnly(a) && sides.rightOnly(b);
    }

    /** Whether the right side is a table whose primary key each left row gives whole. */
    private static boolean keyLookup(Relation.Join join, Sides sides) {
        if (!(join.right() instanceof Relation.Scan scan)) {
            return false;
        }
        return ScanPlanner.path(scan.table(), dependentFilters(sides)).wholeKey();
    }

    private static List<Scalar> dependentFilters(Sides sides) {
        List<Scalar> filters = new ArrayList<>();
        sides.right.forEach(term -> filters.add(ScalarRewriter.intoDependent(term, 0)));
        for (Scalar term : sides.on) {
            if (Expressions.movable(term)) {
                filters.add(ScalarRewriter.intoDependent(term, sides.leftWidth));
            }
        }
        return filters;
    }

    private Operator dependent(Relation.Join join, Sides sides, BitSet leftUsed, BitSet rightUsed) {
        List<Scalar> filters = dependentFilters(sides);
        List<Scalar> rest = sides.on.stream().filter(term -> !Expressions.movable(term)).toList();
        Operator left = queries.plan(join.left(), sides.left, leftUsed);
        Operator right = queries.plan(join.right(), filters, rightUsed);
        Scalar condition = Expressions.conjunction(rest);
        return new NestedLoopJoin(
                left,
                right,
                true,
                join.kind() == Kind.LEFT,
                condition == null ? null : compiler.compile(condition),
                sides.rightWidth);
    }

    private Operator nestedLoop(
            Relation.Join join, Sides sides, BitSet leftUsed, BitSet rightUsed, boolean dependent) {
        Operator left = queries.plan(join.left(), sides.left, leftUsed);
        Operator right = queries.plan(join.right(), sides.right, rightUsed);
        Scalar condition = Expressions.conjunction(sides.on);
        Operator inner =
                dependent || correlated(join.right(), sides.right) ? right : new Cached(right);
        return new NestedLoopJoin(
                left,
                inner,
                dependent,
                join.kind() == Kind.LEFT,
                condition == null ? null : compiler.compile(condition),
                sides.rightWidth);
    }

    private static boolean correlated(Relation relation, List<Scalar> filters) {
        Scalar condition = Expressions.conjunction(filters);
        return Expressions.correlated(
                condition == null ? relation : new Relation.Filter(relation, condition));
    }
}
