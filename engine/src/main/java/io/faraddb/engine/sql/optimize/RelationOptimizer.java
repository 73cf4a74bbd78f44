package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the joins in a bound query and gives each group of them to Calcite. A query without a join
 * stays as it is, and costs nothing here. Queries inside expressions are not entered.
 */
public final class RelationOptimizer {

    private static final Logger LOG = LoggerFactory.getLogger(RelationOptimizer.class);

    private final RowCounts counts;
    private final RowEstimates estimates;

    /**
     * @param estimates filled with what is expected of the relations that are given back
     */
    public RelationOptimizer(RowCounts counts, RowEstimates estimates) {
        this.counts = counts;
        this.estimates = estimates;
    }

    /** A relation with the same rows and columns. */
    public Relation optimize(Relation relation) {
        Relation split = splitFilter(relation);
        return JoinRegion.isRegion(split) ? region(split) : children(split);
    }

    /** What may be moved stands below what may not. */
    private static Relation splitFilter(Relation relation) {
        if (!(relation instanceof Relation.Filter filter)
                || Expressions.movable(filter.condition())) {
            return relation;
        }
        List<Scalar> movable = new ArrayList<>();
        List<Scalar> fixed = new ArrayList<>();
        for (Scalar term : Expressions.conjuncts(filter.condition())) {
            (Expressions.movable(term) ? movable : fixed).add(term);
        }
        Scalar below = Expressions.conjunction(movable);
        Scalar above = Expressions.conjunction(fixed);
        return below == null || above == null
                ? relation
                : new Relation.Filter(new Relation.Filter(filter.input(), below), above);
    }

    /** Calcite's work; if it can't, the query runs as it is written. */
    private Relation region(Relation relation) {
        try {
            return new JoinRegion(counts, this::optimize).optimize(relation, estimates);
        } catch (RuntimeException | AssertionError failure) {
            LOG.warn("A join is run as it is written", failure);
            return relation;
        }
    }

    private Relation children(Relation relation) {
        return switch (relation) {
            case Relation.Scan scan -> scan;
            case Relation.SystemScan scan -> scan;
            case Relation.Values values -> values;
            case Relation.FunctionScan scan -> scan;
            case Relation.Filter filter ->
                    new Relation.Filter(optimize(filter.input()), filter.condition());
            case Relation.Project project ->
                    new Relation.Project(
                            optimize(project.input()), project.expressions(), project.fields());
            case Relation.ProjectSet project ->
                    new Relation.ProjectSet(
                            optimize(project.input()),
                            project.functions(),
                            project.arguments(),
                            project.fields());
            case Relation.Join join ->
                    new Relation.Join(
                            join.kind(),
                            optimize(join.left()),
                            optimize(join.right()),
                            join.condition(),
                            join.lateral());
            case Relation.Grouping grouping ->
                    new Relation.Grouping(
                            optimize(grouping.input()),
                            grouping.keys(),
                            grouping.calls(),
                            grouping.fields());
            case Relation.Sort sort -> new Relation.Sort(optimize(sort.input()), sort.keys());
            case Relation.Limit limit ->
                    new Relation.Limit(optimize(limit.input()), limit.count(), limit.offset());
            case Relation.Distinct distinct ->
                    new Relation.Distinct(optimize(distinct.input()), distinct.on());
            case Relation.SetOperation operation ->
                    new Relation.SetOperation(
                            operation.kind(),
                            operation.all(),
                            optimize(operation.left()),
                            optimize(operation.right()),
                            operation.fields());
        };
    }
}
