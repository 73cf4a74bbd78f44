package io.faraddb.engine.sql.plan;

import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.ExpressionCompiler;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.operator.Filter;
import io.faraddb.engine.sql.exec.operator.Gather;
import io.faraddb.engine.sql.exec.operator.HashFilter;
import io.faraddb.engine.sql.exec.operator.KeyGet;
import io.faraddb.engine.sql.exec.operator.KeyPattern;
import io.faraddb.engine.sql.exec.operator.LocatedScan;
import io.faraddb.engine.sql.exec.operator.RowDecoder;
import io.faraddb.engine.sql.exec.operator.TreeScan;
import io.faraddb.engine.sql.optimize.Expressions;
import io.faraddb.engine.sql.plan.AccessPath.Condition;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans the reading of one table: path, filter, partitions. */
final class ScanPlanner {

    private final ExpressionCompiler compiler;
    private final RoutingDraft routing;

    ScanPlanner(ExpressionCompiler compiler, RoutingDraft routing) {
        this.compiler = compiler;
        this.routing = routing;
    }

    /**
     * A table's visible columns.
     *
     * @param filters over the visible columns
     * @param used visible columns that are read above
     */
    Operator scan(TableDef table, List<Scalar> filters, BitSet used) {
        int[] visible = table.visibleColumns();
        List<Condition> conditions = conditions(table, filters, visible);
        AccessPath path = AccessPath.choose(table, conditions);
        List<Scalar> correlated =
                path.equal().isEmpty() ? correlatedEqualities(filters) : List.of();
        if (!correlated.isEmpty()) {
            return hashed(table, filters, correlated, used);
        }
        BitSet decoded = (BitSet) used.clone();
        decoded.or(Expressions.columns(filters));
        RowDecoder decoder = RowDecoder.visible(table, decoded);
        KeyPattern keys = pattern(path);
        Operator scan =
                path.wholeKey()
                        ? new KeyGet(table, keys, decoder)
                        : new TreeScan(table, path.index(), keys, false, decoder);
        return gather(table, filtered(scan, filters, path, visible, table), conditions);
    }

    /** Terms of the form "this table's columns = the enclosing row's". */
    private static List<Scalar> correlatedEqualities(List<Scalar> filters) {
        return filters.stream().filter(filter -> sides(filter) != null).toList();
    }

    /** An equality's side over this table and its side over the enclosing row. */
    private record Sides(Scalar key, Scalar value, TypeKind kind) {}

    private static @Nullable Sides sides(Scalar filter) {
        Scalar.Call call = Expressions.comparison(filter);
        if (call == null || !call.function().name().equals("=")) {
            return null;
        }
        TypeKind kind = call.function().parameters().getFirst().kind();
        Scalar first = call.arguments().get(0);
        Scalar second = call.arguments().get(1);
        if (kind == TypeKind.ARRAY || !Expressions.movable(filter)) {
            return null;
        }
        if (Expressions.ownOnly(first) && Expressions.enclosingOnly(second)) {
            return new Sides(first, second, kind);
        }
        return Expressions.ownOnly(second) && Expressions.enclosingOnly(first)
                ? new Sides(second, first, kind)
                : null;
    }

    /** Without an index, a subquery's equality is looked up in a hash table. */
    private Operator hashed(
            TableDef table, List<Scalar> filters, List<Scalar> equalities, BitSet used) {
        List<Scalar> above = new ArrayList<>();
        List<Scalar> below = new ArrayList<>();
        for (Scalar filter : filters) {
            if (!equalities.contains(filter)) {
                (Expressions.dependent(filter) ? above : below).add(filter);
            }
        }
        BitSet decoded = (BitSet) used.clone();
        decoded.or(Expressions.columns(equalities));
        decoded.or(Expressions.columns(above));
        List<Sides> sides = equalities.stream().map(ScanPlanner::sides).toList();
        Operator hashed =
                new HashFilter(
                        scan(table, below, decoded),
                        compiler.compileAll(sides.stream().map(Sides::key).toList()),
                        compiler.compileAll(sides.stream().map(Sides::value).toList()),
                        sides.stream().map(Sides::kind).toList());
        Scalar condition = Expressions.conjunction(above);
        return condition == null ? hashed : new Filter(hashed, compiler.compile(condition));
    }

    /**
     * A table's rows to write: all columns, the key, the partition.
     *
     * @param filters over all columns
     */
    Operator located(TableDef table, List<Scalar> filters) {
        int[] all = java.util.stream.IntStream.range(0, table.columns().size()).toArray();
        List<Condition> conditions = conditions(table, filters, all);
        AccessPath path = AccessPath.choose(table, conditions);
        Operator scan = new LocatedScan(table, path.index(), pattern(path), path.wholeKey());
        if (table.replicated()) {
            routing.everywhere();
        }
        return gather(table, filtered(scan, filters, path, all, table), conditions);
    }

    private Operator filtered(
            Operator scan, List<Scalar> filters, AccessPath path, int[] columns, TableDef table) {
        List<Scalar> left =
                filters.stream().filter(filter -> !implied(filter, path, columns, table)).toList();
        Scalar condition = Expressions.conjunction(left);
        return condition == null ? scan : new Filter(scan, compiler.compile(condition));
    }

    /** Whether the path visits only rows for which the filter holds. */
    private static boolean implied(Scalar filter, AccessPath path, int[] columns, TableDef table) {
        Condition condition = condition(filter, columns, table);
        return condition != null
                && condition.operator().equals("=")
                && path.equal().contains(condition.value());
    }

    private Operator gather(TableDef table, Operator scan, List<Condition> conditions) {
        return switch (table.partitioning()) {
            case Partitioning.Replicated replicated -> {
                routing.anywhere();
                yield new Gather(scan, new Gather.Where.Anywhere());
            }
            case Partitioning.ByRowId byRowId -> {
                routing.everywhere();
                yield new Gather(scan, new Gather.Where.Everywhere());
            }
            case Partitioning.ByColumn by -> {
                Scalar value = equalTo(by.column(), conditions);
                TypeKind kind = table.columns().get(by.column()).type().kind();
                if (value == null) {
                    routing.everywhere();
                    yield new Gather(scan, new Gather.Where.Everywhere());
                }
                Evaluator evaluator = compiler.compile(value);
                if (Expressions.constant(value)) {
                    routing.pin(new Routing.Pin(kind, evaluator));
                } else {
                    routing.everywhere();
                }
                yield new Gather(scan, new Gather.Where.Pinned(kind, evaluator));
            }
        };
    }

    private static @Nullable Scalar equalTo(int column, List<Condition> conditions) {
        Scalar found = null;
        for (Condition condition : conditions) {
            boolean match = condition.column() == column && condition.operator().equals("=");
            if (match && (found == null || Expressions.constant(condition.value()))) {
                found = condition.value();
            }
        }
        return found;
    }

    private KeyPattern pattern(AccessPath path) {
        return new KeyPattern(
                path.keyColumns(),
                compiler.compileAll(path.equal()),
                bound(path.low()),
                bound(path.high()));
    }

    private KeyPattern.@Nullable Bound bound(AccessPath.@Nullable Limit limit) {
        return limit == null
                ? null
                : new KeyPattern.Bound(compiler.compile(limit.value()), limit.inclusive());
    }

    /** How selective the filters make reading the table, by the primary key or an index. */
    static AccessPath path(TableDef table, List<Scalar> filters) {
        return AccessPath.choose(table, conditions(table, filters, table.visibleColumns()));
    }

    private static List<Condition> conditions(TableDef table, List<Scalar> filters, int[] columns) {
        List<Condition> conditions = new ArrayList<>();
        for (Scalar filter : filters) {
            Condition condition = condition(filter, columns, table);
            if (condition != null) {
                conditions.add(condition);
            }
        }
        return conditions;
    }

    private static @Nullable Condition condition(Scalar filter, int[] columns, TableDef table) {
        Scalar.Call call = Expressions.comparison(filter);
        if (call == null || call.function().name().equals("<>")) {
            return null;
        }
        Scalar left = Expressions.withoutIdleCasts(call.arguments().get(0));
        Scalar right = Expressions.withoutIdleCasts(call.arguments().get(1));
        TypeKind kind = call.function().parameters().get(0).kind();
        String operator = call.function().name();
        if (left instanceof Scalar.Column column && usable(column, right, columns, table, kind)) {
            return new Condition(columns[column.index()], operator, right);
        }
        if (right instanceof Scalar.Column column && usable(column, left, columns, table, kind)) {
            return new Condition(columns[column.index()], mirrored(operator), left);
        }
        return null;
    }

    private static boolean usable(
            Scalar.Column column, Scalar value, int[] columns, TableDef table, TypeKind kind) {
        TypeKind own = table.columns().get(columns[column.index()]).type().kind();
        boolean sameOrder =
                own == kind
                        || (own.isInteger() && kind.isInteger())
                        || (own.isString()
                                && kind.isString()
                                && own != TypeKind.CHAR
                                && kind != TypeKind.CHAR);
        return sameOrder && Expressions.movable(value) && Expressions.columns(value).isEmpty();
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }
}
