package io.faraddb.engine.procedure;

import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A procedure of SQL statements; the last one's rows are its own. */
record StatementsProcedure(ProcedureDef definition, List<SqlType> parameters, List<Plan> plans)
        implements CallableProcedure {

    @Override
    public boolean readOnly() {
        return plans.stream().allMatch(Plan::readOnly);
    }

    @Override
    public @Nullable List<Field> fields() {
        return plans.getLast().fields();
    }

    @Override
    public List<@Nullable Object[]> call(@Nullable Object[] arguments, Environment environment) {
        List<@Nullable Object[]> rows = List.of();
        for (Plan plan : plans) {
            Execution execution =
                    new Execution(
                            environment.calls(),
                            arguments,
                            environment.views(),
                            environment.interruption());
            rows = plan.run(Frame.of(execution)).rows();
        }
        return rows;
    }
}
