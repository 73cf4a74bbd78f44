package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Reads what Calcite made of a region back, and how many rows it expects where. */
final class RegionReader {

    private final RowEstimates estimates;
    private final Equalities equalities;

    RegionReader(RowEstimates estimates, Equalities equalities) {
        this.estimates = estimates;
        this.equalities = equalities;
    }

    Relation read(RelNode node) {
        Relation relation =
                switch (node) {
                    case TableScan scan -> table(scan).relation();
                    case Filter filter -> filter(filter);
                    case Project project -> project(project);
                    case Join join -> join(join);
                    default -> throw new UnreadableException(node.getRelTypeName());
                };
        RelMetadataQuery metadata = node.getCluster().getMetadataQuery();
        Double rows = metadata.getRowCount(node);
        if (rows != null) {
            estimates.put(relation, rows);
        }
        return relation;
    }

    private RexReader reader(List<Relation.Field> fields) {
        return new RexReader(fields, equalities);
    }

    static BoundTable table(TableScan scan) {
        BoundTable table = scan.getTable().unwrap(BoundTable.class);
        if (table == null) {
            throw new UnreadableException(scan.toString());
        }
        return table;
    }

    private Relation filter(Filter filter) {
        Relation input = read(filter.getInput());
        return new Relation.Filter(input, reader(input.fields()).read(filter.getCondition()));
    }

    private Relation project(Project project) {
        Relation input = read(project.getInput());
        List<Scalar> expressions = reader(input.fields()).readAll(project.getProjects());
        List<Relation.Field> fields = new ArrayList<>();
        for (Scalar expression : expressions) {
            fields.add(
                    expression instanceof Scalar.Column column
                            ? input.fields().get(column.index())
                            : Relation.Field.computed("?column?", expression.type()));
        }
        return new Relation.Project(input, expressions, fields);
    }

    private Relation join(Join join) {
        Relation left = read(join.getLeft());
        Relation right = read(join.getRight());
        List<Relation.Field> fields = new ArrayList<>(left.fields());
        fields.addAll(right.fields());
        return new Relation.Join(
                kind(join.getJoinType()),
                left,
                right,
                condition(join.getCondition(), fields),
                false);
    }

    private @Nullable Scalar condition(RexNode condition, List<Relation.Field> fields) {
        return condition.isAlwaysTrue() ? null : reader(fields).read(condition);
    }

    private static Relation.Join.Kind kind(JoinRelType type) {
        return switch (type) {
            case INNER -> Relation.Join.Kind.INNER;
            case LEFT -> Relation.Join.Kind.LEFT;
            case RIGHT -> Relation.Join.Kind.RIGHT;
            case FULL -> Relation.Join.Kind.FULL;
            default -> throw new UnreadableException(type + " join");
        };
    }
}
