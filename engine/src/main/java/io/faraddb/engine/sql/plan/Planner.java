package io.faraddb.engine.sql.plan;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.exec.Operator;
import io.faraddb.engine.sql.exec.operator.Filter;
import io.faraddb.engine.sql.exec.operator.Gather;
import io.faraddb.engine.sql.exec.operator.KeyGet;
import io.faraddb.engine.sql.exec.operator.Project;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.List;

/** Makes plans of bound statements. */
public final class Planner {

    private Planner() {}

    public static Plan plan(BoundStatement statement) {
        RoutingDraft routing = new RoutingDraft();
        return switch (statement) {
            case BoundStatement.Query query -> {
                requirePrintable(query.relation().fields());
                Operator root = new QueryPlanner(routing).query(query.relation());
                yield new Plan.Query(
                        root,
                        routing.finished(),
                        query.relation().fields(),
                        query.parameters(),
                        looksUpOneRow(root) && cheap(query.relation()));
            }
            case BoundStatement.Insert insert -> new WritePlanner(routing).insert(insert);
            case BoundStatement.Update update -> new WritePlanner(routing).update(update);
            case BoundStatement.Delete delete -> new WritePlanner(routing).delete(delete);
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
