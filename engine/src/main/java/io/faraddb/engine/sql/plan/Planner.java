package io.faraddb.engine.sql.plan;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.operator.Filter;
import io.faraddb.engine.sql.exec.operator.Gather;
import io.faraddb.engine.sql.exec.operator.KeyGet;
import io.faraddb.engine.sql.exec.operator.Project;
import io.faraddb.engine.sql.optimize.Expressions;
import io.faraddb.engine.sql.optimize.RowCounts;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.List;

/** Makes plans of bound statements. */
public final class Planner {

    private final RowCounts counts;

    public Planner(RowCounts counts) {
        this.counts = counts;
    }

    public Plan plan(BoundStatement statement) {
        RoutingDraft routing = new RoutingDraft();
        QueryPlanner queries = new QueryPlanner(routing, counts);
        WritePlanner writes = new WritePlanner(routing, queries);
        return switch (statement) {
            case BoundStatement.Query query -> {
                requirePrintable(query.relation().fields());
                Operator root = queries.query(query.relation());
                yield new Plan.Query(
                        root,
                        routing.finished(),
                        query.relation().fields(),
                        query.parameters(),
                        looksUpOneRow(root) && cheap(query.relation()));
            }
            case BoundStatement.Insert insert -> writes.insert(insert);
            case BoundStatement.Update update -> writes.update(update);
            case BoundStatement.Delete delete -> writes.delete(delete);
        };
    }

    private static boolean looksUpOneRow(Operator operator) {
        return switch (operator) {
            case Project project -> looksUpOneRow(project.input());
            case Filter filter -> looksUpOneRow(filter.input());
            case Gather gather -> looksUpOneRow(gather.inputs().getFirst());
            case KeyGet get -> true;
            default -> false;
        };
    }

    private static boolean cheap(Relation relation) {
        return switch (relation) {
            case Relation.Project project ->
                    project.expressions().stream().allMatch(Expressions::cheap)
                            && cheap(project.input());
            case Relation.Filter filter ->
                    Expressions.cheap(filter.condition()) && cheap(filter.input());
            case Relation.Scan scan -> true;
            default -> false;
        };
    }

    private static void requirePrintable(List<Relation.Field> fields) {
        for (Relation.Field field : fields) {
            SqlType type = field.type();
            SqlType element = type.element();
            if (type.kind() == TypeKind.RECORD
                    || (element != null && element.kind() == TypeKind.RECORD)) {
                throw SqlException.unsupported("a whole row as a column of a result")
                        .hint("Name its columns, or write " + field.name() + ".*");
            }
        }
    }
}
