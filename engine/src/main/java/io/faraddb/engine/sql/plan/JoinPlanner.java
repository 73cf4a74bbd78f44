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
import io.faraddb.engine.sql.exec.operator.Project;
import io.faraddb.engine.sql.optimize.Expressions;
import io.faraddb.engine.sql.optimize.RowEstimates;
import io.faraddb.engine.sql.optimize.ScalarRewriter;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans joins: conditions on one side go down to it; then, whichever is expected to cost less with
 * either side first, a look-up by a key or index for each row of the other side, a hash join on
 * equal columns, or a nested loop.
 */
final class JoinPlanner {

    /** Costs in rows that are read in order. */
    private static final double COST_OF_KEY = 2;

    private static final double COST_OF_INDEX = 20;
    private static final double COST_OF_BUILD = 1.5;

    private final QueryPlanner queries;
    private final ExpressionCompiler compiler;

    JoinPlanner(QueryPlanner queries, ExpressionCompiler compiler) {
        this.queries = queries;
        this.compiler = compiler;
    }

    /** A join's sides and its conditions, sorted by where they can be tested. */
    private static final class Sides {
        private final Kind kind;
        private final boolean lateral;
        private final Relation leftRelation;
        private final Relation rightRelation;
        private final int leftWidth;
        private final int rightWidth;
        private final double leftRows;
        private final double rightRows;
        private final List<Scalar> left = new ArrayList<>();
        private final List<Scalar> right = new ArrayList<>();
        private final List<Scalar> on = new ArrayList<>();
        private final List<Scalar> above = new ArrayList<>();

        Sides(Relation.Join join, RowEstimates estimates) {
            kind = join.kind();
            lateral = join.lateral();
            leftRelation = lateral ? join.left() : bare(join.left(), left);
            rightRelation = lateral ? join.right() : bare(join.right(), right);
            leftWidth = join.left().fields().size();
            rightWidth = join.right().fields().size();
            leftRows = estimates.of(join.left());
            rightRows = estimates.of(join.right());
        }

        /** Filters right above a side are conditions of that side. */
        private static Relation bare(Relation side, List<Scalar> conditions) {
            if (side instanceof Relation.Filter filter && Expressions.movable(filter.condition())) {
                conditions.addAll(Expressions.conjuncts(filter.condition()));
                return bare(filter.input(), conditions);
            }
            return side;
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

        /** Whether the right side may be asked anew for each left row. */
        boolean canDepend() {
            return kind == Kind.INNER || kind == Kind.LEFT;
        }
    }

    Operator plan(Relation.Join join, List<Scalar> filters, BitSet used) {
        if (betterMirrored(join, filters)) {
            return mirrored(join, filters, used);
        }
        Sides sides = sides(join, filters);
        BitSet needed = (BitSet) used.clone();
        needed.or(Expressions.columns(sides.on));
        needed.or(Expressions.columns(sides.above));
        return queries.filtered(join(sides, needed), sides.above);
    }

    private Sides sides(Relation.Join join, List<Scalar> filters) {
        Sides sides = new Sides(join, queries.estimates());
        for (Scalar term : Expressions.conjuncts(join.condition())) {
            condition(join.kind(), term, sides);
        }
        filters.forEach(filter -> filter(join.kind(), filter, sides));
        if (sides.canDepend()) {
            propagateConstants(sides);
        }
        return sides;
    }

    // Which side first ---------------------------------------------------------------------------

    private boolean betterMirrored(Relation.Join join, List<Scalar> filters) {
        Scalar condition = join.condition();
        boolean fixed = condition != null && !Expressions.movable(condition);
        if (join.lateral() || fixed || join.kind() == Kind.LEFT || join.kind() == Kind.FULL) {
            return false;
        }
        if (join.kind() == Kind.RIGHT) {
            return true;
        }
        Mirror mirror = new Mirror(join);
        return cost(sides(mirror.join(), mirror.all(filters))) < cost(sides(join, filters));
    }

    /** The same join with its sides exchanged, and its columns put back in their places. */
    private Operator mirrored(Relation.Join join, List<Scalar> filters, BitSet used) {
        Mirror mirror = new Mirror(join);
        BitSet mirroredUsed = new BitSet();
        used.stream().forEach(column -> mirroredUsed.set(mirror.place(column)));
        Operator joined = plan(mirror.join(), mirror.all(filters), mirroredUsed);
        List<Scalar> columns = new ArrayList<>();
        List<Relation.Field> fields = join.fields();
        for (int i = 0; i < fields.size(); i++) {
            Relation.Field field = fields.get(i);
            columns.add(
                    used.get(i)
                            ? new Scalar.Column(mirror.place(i), field.type(), field.name())
                            : new Scalar.Literal(null, field.type()));
        }
        return new Project(joined, compiler.compileAll(columns));
    }

    /** A join with its sides exchanged, and where its columns are then. */
    private record Mirror(Relation.Join written, int leftWidth, int rightWidth) {

        Mirror(Relation.Join written) {
            this(written, written.left().fields().size(), written.right().fields().size());
        }

        int place(int column) {
            return column < leftWidth ? column + rightWidth : column - leftWidth;
        }

        Scalar one(Scalar expression) {
            return ScalarRewriter.columns(
                    expression,
                    column ->
                            new Scalar.Column(place(column.index()), column.type(), column.name()));
        }

        List<Scalar> all(List<Scalar> expressions) {
            return expressions.stream().map(this::one).toList();
        }

        Relation.Join join() {
            Scalar condition = written.condition();
            return new Relation.Join(
                    written.kind() == Kind.RIGHT ? Kind.LEFT : written.kind(),
                    written.right(),
                    written.left(),
                    condition == null ? null : one(condition),
                    false);
        }
    }

    private double cost(Sides sides) {
        return Math.min(costOfLookUps(sides), costOfHashing(sides));
    }

    /** Of looking the right side up for each left row; infinite if it has no key for that. */
    private static double costOfLookUps(Sides sides) {
        if (sides.lateral || !(sides.rightRelation instanceof Relation.Scan scan)) {
            return Double.POSITIVE_INFINITY;
        }
        AccessPath path = ScanPlanner.path(scan.table(), dependentFilters(sides));
        if (path.wholeKey()) {
            return sides.leftRows < 0 ? 0 : sides.leftRows * COST_OF_KEY;
        }
        boolean byIndex =
                sides.leftRows >= 0 && path.equal().stream().anyMatch(Expressions::dependent);
        return byIndex ? sides.leftRows * COST_OF_INDEX : Double.POSITIVE_INFINITY;
    }

    /** Of a hash table of the right side, or of a loop over it if no columns are equal. */
    private static double costOfHashing(Sides sides) {
        if (sides.leftRows < 0 || sides.rightRows < 0) {
            return Double.MAX_VALUE;
        }
        boolean equal = sides.on.stream().anyMatch(term -> splitsEquality(term, sides));
        return equal
                ? sides.leftRows + COST_OF_BUILD * sides.rightRows
                : sides.leftRows * Math.max(1, sides.rightRows);
    }

    private static boolean splitsEquality(Scalar term, Sides sides) {
        Scalar.Call call = equality(term);
        if (call == null) {
            return false;
        }
        Scalar first = call.arguments().get(0);
        Scalar second = call.arguments().get(1);
        return splits(first, second, sides.leftWidth) || splits(second, first, sides.leftWidth);
    }

    // Conditions ---------------------------------------------------------------------------------

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

    // Operators ----------------------------------------------------------------------------------

    private Operator join(Sides sides, BitSet needed) {
        BitSet leftUsed = needed.get(0, sides.leftWidth);
        BitSet rightUsed = needed.get(sides.leftWidth, sides.leftWidth + sides.rightWidth);
        if (sides.lateral) {
            if (!sides.canDepend()) {
                throw SqlException.unsupported(sides.kind + " JOIN LATERAL");
            }
            leftUsed.or(Expressions.outerColumns(sides.rightRelation));
            return nestedLoop(sides, leftUsed, rightUsed, true);
        }
        double lookUps = costOfLookUps(sides);
        if (sides.canDepend() && lookUps < Double.MAX_VALUE && lookUps <= costOfHashing(sides)) {
            return dependent(sides, leftUsed, rightUsed);
        }
        HashJoin.Keys keys = keys(sides.on, sides.leftWidth);
        if (keys.left().isEmpty() && sides.canDepend()) {
            return nestedLoop(sides, leftUsed, rightUsed, false);
        }
        Operator left = queries.plan(sides.leftRelation, sides.left, leftUsed);
        Operator right = queries.plan(sides.rightRelation, sides.right, rightUsed);
        Scalar rest = Expressions.conjunction(sides.on);
        return new HashJoin(
                sides.kind,
                left,
                right,
                keys,
                rest == null ? null : compiler.compile(rest),
                new HashJoin.Widths(sides.leftWidth, sides.rightWidth));
    }

    /** Takes the equalities between the sides out of the conditions. */
    HashJoin.Keys keys(List<Scalar> conditions, int leftWidth) {
        HashJoin.Keys keys =
                new HashJoin.Keys(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Scalar term : List.copyOf(conditions)) {
            Scalar.Call call = equality(term);
            if (call == null || !Expressions.movable(term)) {
                continue;
            }
            TypeKind kind = call.function().parameters().get(0).kind();
            Scalar first = call.arguments().get(0);
            Scalar second = call.arguments().get(1);
            if (!splits(first, second, leftWidth)) {
                Scalar swapped = first;
                first = second;
                second = swapped;
            }
            if (splits(first, second, leftWidth) && kind != TypeKind.ARRAY) {
                keys.left().add(compiler.compile(first));
                keys.right().add(compiler.compile(ScalarRewriter.shift(second, 0, -leftWidth)));
                keys.kinds().add(kind);
                conditions.remove(term);
            }
        }
        return keys;
    }

    /** Whether the first is about the left side and the second about the right. */
    private static boolean splits(Scalar first, Scalar second, int leftWidth) {
        BitSet a = Expressions.columns(first);
        BitSet b = Expressions.columns(second);
        return !a.isEmpty() && a.length() <= leftWidth && b.nextSetBit(0) >= leftWidth;
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

    private Operator dependent(Sides sides, BitSet leftUsed, BitSet rightUsed) {
        List<Scalar> filters = dependentFilters(sides);
        List<Scalar> rest = sides.on.stream().filter(term -> !Expressions.movable(term)).toList();
        Operator left = queries.plan(sides.leftRelation, sides.left, leftUsed);
        Operator right = queries.plan(sides.rightRelation, filters, rightUsed);
        Scalar condition = Expressions.conjunction(rest);
        return new NestedLoopJoin(
                left,
                right,
                true,
                sides.kind == Kind.LEFT,
                condition == null ? null : compiler.compile(condition),
                sides.rightWidth);
    }

    private Operator nestedLoop(Sides sides, BitSet leftUsed, BitSet rightUsed, boolean dependent) {
        Operator left = queries.plan(sides.leftRelation, sides.left, leftUsed);
        Operator right = queries.plan(sides.rightRelation, sides.right, rightUsed);
        Scalar condition = Expressions.conjunction(sides.on);
        Operator inner =
                dependent || correlated(sides.rightRelation, sides.right)
                        ? right
                        : new Cached(right);
        return new NestedLoopJoin(
                left,
                inner,
                dependent,
                sides.kind == Kind.LEFT,
                condition == null ? null : compiler.compile(condition),
                sides.rightWidth);
    }

    private static boolean correlated(Relation relation, List<Scalar> filters) {
        Scalar condition = Expressions.conjunction(filters);
        return Expressions.correlated(
                condition == null ? relation : new Relation.Filter(relation, condition));
    }
}
