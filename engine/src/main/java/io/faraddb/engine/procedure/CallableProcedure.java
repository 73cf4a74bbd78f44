package io.faraddb.engine.procedure;

import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A procedure ready to be called, by many sites at once. */
public interface CallableProcedure {

    ProcedureDef definition();

    List<SqlType> parameters();

    /** Columns of what it returns; null if it returns nothing. */
    @Nullable List<Field> fields();

    /** The plans of all its statements. */
    List<Plan> plans();

    /** Whether none of its statements writes. */
    boolean readOnly();

    /**
     * Runs it.
     *
     * @param arguments values as {@link io.faraddb.engine.type.TypeKind} documents them
     * @return the rows that it returns
     * @throws io.faraddb.engine.error.SqlException to undo all of it
     */
    List<@Nullable Object[]> call(@Nullable Object[] arguments, Environment environment);

    /** What it runs in. */
    record Environment(CallContext calls, Views views, Interruption interruption) {}
}
