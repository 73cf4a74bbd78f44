package io.faraddb.engine.procedure;

import io.faraddb.api.Rows;
import io.faraddb.api.SqlStatement;
import io.faraddb.api.Transaction;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.procedure.CallableProcedure.Environment;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.type.SqlType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The transaction as a Java procedure sees it. One per call. */
final class ProcedureTransaction implements Transaction {

    private final Map<SqlStatement, Plan> plans;
    private final Environment environment;
    private @Nullable SqlException failure;

    ProcedureTransaction(Map<SqlStatement, Plan> plans, Environment environment) {
        this.plans = plans;
        this.environment = environment;
    }

    /** A statement's failure undoes the call even if the procedure catches it. */
    @Nullable SqlException failure() {
        return failure;
    }

    @Override
    public Rows query(SqlStatement statement, @Nullable Object... arguments) {
        Plan plan = plan(statement);
        List<Field> fields = plan.fields();
        if (fields == null) {
            throw new SqlException(
                            ErrorCode.WRONG_OBJECT_TYPE,
                            "the statement gives no rows: " + statement.text())
                    .hint("Call update, or add RETURNING.");
        }
        return new ResultRows(fields, run(plan, arguments).rows());
    }

    @Override
    public long update(SqlStatement statement, @Nullable Object... arguments) {
        return run(plan(statement), arguments).count();
    }

    private Plan plan(SqlStatement statement) {
        Plan plan = plans.get(statement);
        if (plan == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "the statement is not declared by the procedure: " + statement.text())
                    .hint("Keep each SqlStatement in a static final field of the procedure.");
        }
        return plan;
    }

    private Plan.Outcome run(Plan plan, @Nullable Object[] arguments) {
        try {
            @Nullable Object[] values = values(plan.parameters(), arguments);
            Execution execution =
                    new Execution(
                            environment.calls(),
                            values,
                            environment.views(),
                            environment.interruption());
            return plan.run(Frame.of(execution));
        } catch (SqlException refused) {
            failure = refused;
            throw refused;
        }
    }

    private static @Nullable Object[] values(List<SqlType> types, @Nullable Object[] arguments) {
        if (types.size() != arguments.length) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_PARAMETER,
                    "the statement has %d parameters, the call gives %d"
                            .formatted(types.size(), arguments.length));
        }
        @Nullable Object[] values = new @Nullable Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(types.get(i), arguments[i], i + 1);
        }
        return values;
    }

    private static @Nullable Object value(SqlType type, @Nullable Object argument, int number) {
        Object value = JavaValues.toSql(argument);
        if (value == null) {
            return null;
        }
        Object coerced = JavaValues.coerce(value, type.kind());
        if (!type.kind().javaClass().isInstance(coerced)) {
            throw new SqlException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "argument %d of the statement is %s, its parameter is of type %s"
                            .formatted(number, value.getClass().getSimpleName(), type));
        }
        return coerced;
    }

    @Override
    public Instant now() {
        return JavaValues.instant(environment.calls().transactionMicros());
    }

    @Override
    public RandomGenerator random() {
        return environment.calls().random();
    }
}
