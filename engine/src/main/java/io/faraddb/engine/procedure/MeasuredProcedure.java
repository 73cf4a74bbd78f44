package io.faraddb.engine.procedure;

import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.time.TimeSource;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A procedure whose runs are counted. */
public final class MeasuredProcedure implements CallableProcedure {

    private final CallableProcedure procedure;
    private final ProcedureStats.Counts counts;
    private final TimeSource time;
    private final boolean readOnly;

    public MeasuredProcedure(CallableProcedure procedure, ProcedureStats stats, TimeSource time) {
        this.procedure = procedure;
        this.counts = stats.of(procedure.definition().name());
        this.time = time;
        this.readOnly = procedure.readOnly();
    }

    @Override
    public ProcedureDef definition() {
        return procedure.definition();
    }

    @Override
    public List<SqlType> parameters() {
        return procedure.parameters();
    }

    @Override
    public @Nullable List<Field> fields() {
        return procedure.fields();
    }

    @Override
    public List<Plan> plans() {
        return procedure.plans();
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    /** Work that has to wait for a prepared transaction leaves by another exception: it runs on. */
    @Override
    public List<@Nullable Object[]> call(@Nullable Object[] arguments, Environment environment) {
        long since = time.nanoTime();
        try {
            List<@Nullable Object[]> rows = procedure.call(arguments, environment);
            counts.ran(time.nanoTime() - since);
            return rows;
        } catch (SqlException failure) {
            counts.ran(time.nanoTime() - since);
            counts.aborted(failure.code());
            throw failure;
        }
    }
}
