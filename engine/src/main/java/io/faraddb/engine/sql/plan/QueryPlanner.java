package io.faraddb.engine.sql.plan;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.ExpressionCompiler;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.operator.Cached;
import io.faraddb.engine.sql.exec.operator.Distinct;
import io.faraddb.engine.sql.exec.operator.Filter;
import io.faraddb.engine.sql.exec.operator.FunctionScan;
import io.faraddb.engine.sql.exec.operator.HashGrouping;
import io.faraddb.engine.sql.exec.operator.Limit;
import io.faraddb.engine.sql.exec.operator.Project;
import io.faraddb.engine.sql.exec.operator.ProjectSet;
import io.faraddb.engine.sql.exec.operator.SetOperation;
import io.faraddb.engine.sql.exec.operator.Sort;
import io.faraddb.engine.sql.exec.operator.SystemScan;
import io.faraddb.engine.sql.exec.operator.ValuesScan;
import io.faraddb.engine.sql.optimize.Expressions;
import io.faraddb.engine.sql.optimize.RelationOptimizer;
import io.faraddb.engine.sql.optimize.RowCounts;
import io.faraddb.engine.sql.optimize.RowEstimates;
import io.faraddb.engine.sql.optimize.ScalarRewriter;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plans queries: filters go down to the tables, columns that nobody reads are not decoded. */
final class QueryPlanner {

    private final ExpressionCompiler compiler = new ExpressionCompiler(this::subquery);
    private final ScanPlanner scans;
    private final JoinPlanner joins;
    private final RowEstimates estimates = new RowEstimates();
    private final RelationOptimizer optimizer;

    QueryPlanner(RoutingDraft routing, RowCounts counts) {
        this.optimizer = new RelationOptimizer(counts, estimates);
        this.scans = new ScanPlanner(compiler, routing);
        this.joins = new JoinPlanner(this, compiler);
    }

    ExpressionCompiler compiler() {
        return compiler;
    }

    ScanPlanner scans() {
        return scans;
    }

    JoinPlanner joins() {
        return joins;
    }

    /** A whole query: every column is read. */
    Operator query(Relation relation) {
        return whole(optimizer.optimize(relation));
    }

    /** A part of a query that is optimised already. */
    private Operator whole(Relation relation) {
        return whole(relation, List.of());
    }

    private Operator whole(Relation relation, List<Scalar> filters) {
        return plan(relation, filters, all(relation.fields().size()));
    }

    RowEstimates estimates() {
        return estimates;
    }

    private Operator subquery(Relation relation) {
        Operator operator = query(relation);
        return Expressions.correlated(relation) ? operator : new Cached(operator);
    }

    static BitSet all(int count) {
        BitSet all = new BitSet();
        all.set(0, count);
        return all;
    }

    /**
     * @param filters over the relation's columns, all movable; the rows given satisfy them
     * @param used the columns that are read above
     */
    Operator plan(Relation relation, List<Scalar> filters, BitSet used) {
        return switch (relation) {
            case Relation.Scan scan -> scans.scan(scan.table(), filters, used);
            case Relation.Filter filter -> filter(filter, filters, used);
            case Relation.Project project -> project(project, filters);
            case Relation.Join join -> joins.plan(join, filters, used);
            case Relation.Sort sort -> sort(sort, filters, used);
            case Relation.SystemScan scan -> filtered(new SystemScan(scan.table()), filters);
            case Relation.Values values ->
                    filtered(
                            new ValuesScan(
                                    values.rows().stream().map(compiler::compileAll).toList()),
                            filters);
            case Relation.FunctionScan scan ->
                    filtered(
                            new FunctionScan(
                                    scan.function(),
                                    compiler.compileAll(scan.arguments()),
                                    scan.ordinality()),
                            filters);
            case Relation.ProjectSet project -> filtered(projectSet(project), filters);
            case Relation.Grouping grouping -> grouping(grouping, filters);
            case Relation.Limit limit -> filtered(limit(limit), filters);
            case Relation.Distinct distinct -> distinct(distinct, filters);
            case Relation.SetOperation operation -> setOperation(operation, filters);
        };
    }

    Operator filtered(Operator operator, List<Scalar> filters) {
        Scalar condition = Expressions.conjunction(filters);
        return condition == null ? operator : new Filter(operator, compiler.compile(condition));
    }

    private Operator filter(Relation.Filter filter, List<Scalar> filters, BitSet used) {
        List<Scalar> down = new ArrayList<>(filters);
        List<Scalar> here = new ArrayList<>();
        for (Scalar term : Expressions.conjuncts(filter.condition())) {
            (Expressions.movable(term) ? down : here).add(term);
        }
        BitSet below = (BitSet) used.clone();
        below.or(Expressions.columns(here));
        return filtered(plan(filter.input(), down, below), here);
    }

    private Operator project(Relation.Project project, List<Scalar> filters) {
        List<Scalar> down = new ArrayList<>();
        List<Scalar> here = new ArrayList<>();
        boolean movable = project.expressions().stream().allMatch(Expressions::movable);
        for (Scalar filter : filters) {
            if (movable) {
                down.add(ScalarRewriter.substitute(filter, project.expressions()));
            } else {
                here.add(filter);
            }
        }
        Operator input = plan(project.input(), down, Expressions.columns(project.expressions()));
        return filtered(new Project(input, compiler.compileAll(project.expressions())), here);
    }

    private Operator projectSet(Relation.ProjectSet project) {
        List<List<Evaluator>> arguments =
                project.arguments().stream().map(compiler::compileAll).toList();
        return new ProjectSet(whole(project.input()), project.functions(), arguments);
    }

    private Operator sort(Relation.Sort sort, List<Scalar> filters, BitSet used) {
        BitSet below = (BitSet) used.clone();
        sort.keys().forEach(key -> below.or(Expressions.columns(key.expression())));
        return new Sort(plan(sort.input(), filters, below), sortKeys(sort.keys()));
    }

    private List<Sort.Key> sortKeys(List<Relation.SortKey> keys) {
        return keys.stream()
                .map(key ->
                        new Sort.Key(
                                compiler.compile(key.expression()),
                                key.expression().type().kind(),
                                key.descending(),
                                key.nullsFirst()))
                .toList();
    }

    private Operator limit(Relation.Limit limit) {
        return new Limit(whole(limit.input()), nullable(limit.count()), nullable(limit.offset()));
    }

    private @Nullable Evaluator nullable(@Nullable Scalar expression) {
        return expression == null ? null : compiler.compile(expression);
    }

    /** A filter keeps or drops equal rows together, but DISTINCT ON compares some columns only. */
    private Operator distinct(Relation.Distinct distinct, List<Scalar> filters) {
        boolean through = distinct.on().isEmpty();
        List<Scalar> below = through ? filters : List.of();
        return filtered(distinctOf(distinct, below), through ? List.of() : filters);
    }

    private Operator distinctOf(Relation.Distinct distinct, List<Scalar> below) {
        List<Relation.Field> fields = distinct.fields();
        int[] columns =
                distinct.on().isEmpty()
                        ? IntStream.range(0, fields.size()).toArray()
                        : distinct.on().stream().mapToInt(Integer::intValue).toArray();
        TypeKind[] kinds =
                IntStream.of(columns)
                        .mapToObj(i -> fields.get(i).type().kind())
                        .toArray(TypeKind[]::new);
        return new Distinct(whole(distinct.input(), below), columns, kinds);
    }

    /** What is filtered out of both sides is filtered out of their union, and so on. */
    private Operator setOperation(Relation.SetOperation operation, List<Scalar> filters) {
        return new SetOperation(
                operation.kind(),
                operation.all(),
                whole(operation.left(), filters),
                whole(operation.right(), filters),
                operation.fields().stream()
                        .map(field -> field.type().kind())
                        .toArray(TypeKind[]::new));
    }

    /** A filter on keys drops whole groups: it may as well drop their rows. */
    private Operator grouping(Relation.Grouping grouping, List<Scalar> filters) {
        int keys = grouping.keys().size();
        List<Scalar> below = new ArrayList<>();
        List<Scalar> above = new ArrayList<>();
        for (Scalar filter : filters) {
            BitSet columns = Expressions.columns(filter);
            boolean onKeys =
                    keys > 0
                            && columns.length() <= keys
                            && grouping.keys().stream().allMatch(Expressions::movable);
            if (onKeys) {
                below.add(ScalarRewriter.substitute(filter, grouping.keys()));
            } else {
                above.add(filter);
            }
        }
        return filtered(groups(grouping, below), above);
    }

    private Operator groups(Relation.Grouping grouping, List<Scalar> below) {
        BitSet used = Expressions.columns(grouping.keys());
        List<HashGrouping.Call> calls = new ArrayList<>();
        for (Relation.AggregateCall call : grouping.calls()) {
            used.or(Expressions.columns(call.arguments()));
            Scalar filter = call.filter();
            if (filter != null) {
                used.or(Expressions.columns(filter));
            }
            call.order().forEach(key -> used.or(Expressions.columns(key.expression())));
            calls.add(
                    new HashGrouping.Call(
                            call.aggregate(),
                            compiler.compileAll(call.arguments()),
                            kinds(call.arguments()),
                            call.distinct(),
                            nullable(filter),
                            sortKeys(call.order())));
        }
        return new HashGrouping(
                plan(grouping.input(), below, used),
                compiler.compileAll(grouping.keys()),
                kinds(grouping.keys()),
                calls);
    }

    private static List<TypeKind> kinds(List<Scalar> expressions) {
        return expressions.stream().map(expression -> expression.type().kind()).toList();
    }
}
