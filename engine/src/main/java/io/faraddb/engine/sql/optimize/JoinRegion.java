package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.jspecify.annotations.Nullable;

/**
 * Joins with the filters and projections between them, as far as expressions may be moved: what
 * Calcite works on at a time. Everything else in it is a table to Calcite.
 */
final class JoinRegion {

    private static final double ROWS_OF_ANYTHING = 1_000;

    private final RowCounts counts;
    private final UnaryOperator<Relation> boundary;
    private final RelOptCluster cluster;
    private final RexWriter writer;
    private int tables;

    /**
     * @param boundary optimises what the region takes as a table
     */
    JoinRegion(RowCounts counts, UnaryOperator<Relation> boundary) {
        this.counts = counts;
        this.boundary = boundary;
        RexBuilder rex = new RexBuilder(new SqlTypeFactoryImpl(JoinRules.TYPE_SYSTEM));
        this.cluster =
                RelOptCluster.create(new HepPlanner(JoinRules.NOTHING, Contexts.empty()), rex);
        cluster.setMetadataQuerySupplier(RelMetadataQuery::instance);
        this.writer = new RexWriter(rex);
    }

    /** Whether a relation is a join, or only filters and projections away from one. */
    static boolean isRegion(Relation relation) {
        return switch (relation) {
            case Relation.Join join -> isOpen(join);
            case Relation.Filter filter -> isOpen(filter) && isRegion(filter.input());
            case Relation.Project project -> isOpen(project) && isRegion(project.input());
            default -> false;
        };
    }

    private static boolean isOpen(Relation.Join join) {
        Scalar condition = join.condition();
        return !join.lateral() && (condition == null || Expressions.movable(condition));
    }

    private static boolean isOpen(Relation.Filter filter) {
        return Expressions.movable(filter.condition());
    }

    private static boolean isOpen(Relation.Project project) {
        return project.expressions().stream().allMatch(Expressions::movable);
    }

    /** The same rows in the same columns, with less work. */
    Relation optimize(Relation relation, RowEstimates estimates) {
        RelNode optimized = JoinRules.optimize(write(relation), this::fold);
        Relation read = new RegionReader(estimates, writer.equalities()).read(optimized);
        return withFields(read, relation.fields());
    }

    private static Relation withFields(Relation relation, List<Relation.Field> fields) {
        if (relation.fields().equals(fields)) {
            return relation;
        }
        if (relation instanceof Relation.Project project) {
            return new Relation.Project(project.input(), project.expressions(), fields);
        }
        List<Scalar> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Relation.Field field = relation.fields().get(i);
            columns.add(new Scalar.Column(i, field.type(), field.name()));
        }
        return new Relation.Project(relation, columns, fields);
    }

    private RelNode write(Relation relation) {
        return switch (relation) {
            case Relation.Join join when isOpen(join) ->
                    LogicalJoin.create(
                            write(join.left()),
                            write(join.right()),
                            List.of(),
                            condition(join.condition()),
                            java.util.Set.of(),
                            kind(join.kind()));
            case Relation.Filter filter when isOpen(filter) ->
                    LogicalFilter.create(write(filter.input()), writer.write(filter.condition()));
            case Relation.Project project when isOpen(project) ->
                    LogicalProject.create(
                            write(project.input()),
                            List.of(),
                            project.expressions().stream().map(writer::write).toList(),
                            names(project.fields()),
                            java.util.Set.of());
            case Relation.Scan scan -> {
                TableEstimate estimate = new TableEstimate(scan);
                yield table(
                        new BoundTable(
                                scan,
                                tables++,
                                rowType(scan.fields()),
                                counts.rows(scan.table()),
                                estimate.keys()));
            }
            default ->
                    table(
                            new BoundTable(
                                    boundary.apply(relation),
                                    tables++,
                                    rowType(relation.fields()),
                                    ROWS_OF_ANYTHING,
                                    List.of()));
        };
    }

    private RelNode table(BoundTable table) {
        return LogicalTableScan.create(cluster, table, List.of());
    }

    /** A filter right above a table becomes a part of it, so that its estimate is ours. */
    private RelNode fold(LogicalFilter filter, BoundTable table) {
        if (!(table.relation() instanceof Relation.Scan scan)) {
            return filter;
        }
        Scalar condition =
                new RexReader(scan.fields(), writer.equalities()).read(filter.getCondition());
        TableEstimate estimate = new TableEstimate(scan);
        double rows = estimate.rows(table.getRowCount(), Expressions.conjuncts(condition));
        return table(
                new BoundTable(
                        new Relation.Filter(scan, condition),
                        tables++,
                        table.getRowType(),
                        rows,
                        table.getKeys()));
    }

    private RexNode condition(@Nullable Scalar condition) {
        return condition == null
                ? cluster.getRexBuilder().makeLiteral(true)
                : writer.write(condition);
    }

    private static JoinRelType kind(Relation.Join.Kind kind) {
        return switch (kind) {
            case INNER -> JoinRelType.INNER;
            case LEFT -> JoinRelType.LEFT;
            case RIGHT -> JoinRelType.RIGHT;
            case FULL -> JoinRelType.FULL;
        };
    }

    /** Calcite wants names that differ; nobody reads them. */
    private static List<String> names(List<Relation.Field> fields) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            names.add("c" + i);
        }
        return names;
    }

    private RelDataType rowType(List<Relation.Field> fields) {
        RelDataTypeFactory.Builder type =
                Objects.requireNonNull(cluster.getTypeFactory()).builder();
        for (int i = 0; i < fields.size(); i++) {
            type.add("c" + i, writer.type(fields.get(i).type()));
        }
        return type.build();
    }
}
