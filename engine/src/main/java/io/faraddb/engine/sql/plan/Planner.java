package io.faraddb.engine.sql.plan;

import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.exec.Operator;

/** Makes plans of bound statements. */
public final class Planner {

    private Planner() {}

    public static Plan plan(BoundStatement statement) {
        RoutingDraft routing = new RoutingDraft();
        return switch (statement) {
            case BoundStatement.Query query -> {
                Operator root = new QueryPlanner(routing).query(query.relation());
                yield new Plan.Query(
                        root, routing.finished(), query.relation().fields(), query.parameters());
            }
            case BoundStatement.Insert insert -> new WritePlanner(routing).insert(insert);
            case BoundStatement.Update update -> new WritePlanner(routing).update(update);
            case BoundStatement.Delete delete -> new WritePlanner(routing).delete(delete);
        };
    }
}
