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

    QueryPlanner(RoutingDraft routing) {
        this.scans = new ScanPlanner(compiler, routing);
        this.joins = new JoinPlanner(this, compiler);
    }

    ExpressionCompiler compiler() {
        return compiler;
    }

    ScanPlanner scans() {
        return scans;
    }

    /** A whole query: every column is read. */
    Operator query(Relation relation) {
        return plan(relation, List.of(), all(relation.fields().size()));
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
            case Relation.Grouping grouping -> filtered(grouping(grouping), filters);
            case Relation.Limit limit -> filtered(limit(limit), filters);
            case Relation.Distinct distinct -> filtered(distinct(distinct), filters);
            case Relation.SetOperation operation -> filtered(setOperation(operation), filters);
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
        return new ProjectSet(query(project.input()), project.functions(), arguments);
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
        return new Limit(query(limit.input()), nullable(limit.count()), nullable(limit.offset()));
    }

    private @Nullable Evaluator nullable(@Nullable Scalar expression) {
        return expression == null ? null : compiler.compile(expression);
    }

    private Operator distinct(Relation.Distinct distinct) {
        List<Relation.Field> fields = distinct.fields();
        int[] columns =
                distinct.on().isEmpty()
                        ? IntStream.range(0, fields.size()).toArray()
                        : distinct.on().stream().mapToInt(Integer::intValue).toArray();
        TypeKind[] kinds =
                IntStream.of(columns)
                        .mapToObj(i -> fields.get(i).type().kind())
                        .toArray(TypeKind[]::new);
        return new Distinct(query(distinct.input()), columns, kinds);
    }

    private Operator setOperation(Relation.SetOperation operation) {
        return new SetOperation(
                operation.kind(),
                operation.all(),
                query(operation.left()),
                query(operation.right()),
                operation.fields().stream()
                        .map(field -> field.type().kind())
                        .toArray(TypeKind[]::new));
    }

    private Operator grouping(Relation.Grouping grouping) {
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
                plan(grouping.input(), List.of(), used),
                compiler.compileAll(grouping.keys()),
                kinds(grouping.keys()),
                calls);
    }

    private static List<TypeKind> kinds(List<Scalar> expressions) {
        return expressions.stream().map(expression -> expression.type().kind()).toList();
    }
}
