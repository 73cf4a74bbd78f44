package io.faraddb.engine.procedure;

import io.faraddb.api.Budget;
import io.faraddb.api.SqlStatement;
import io.faraddb.api.Transaction;
import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.type.SqlType;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A procedure that is a Java class. */
final class JavaProcedure implements CallableProcedure {

    private final ProcedureDef definition;
    private final MethodHandle run;
    private final List<Class<?>> parameterClasses;
    private final List<SqlType> parameters;
    private final Map<SqlStatement, Plan> plans;
    private final ResultShape shape;
    private final boolean readOnly;

    /**
     * @param run takes (Transaction, Object[]) and gives Object
     * @param parameterClasses of the arguments, without the transaction
     */
    JavaProcedure(
            ProcedureDef definition,
            MethodHandle run,
            List<Class<?>> parameterClasses,
            List<SqlType> parameters,
            Map<SqlStatement, Plan> plans,
            ResultShape shape) {
        this.definition = definition;
        this.run = run;
        this.parameterClasses = List.copyOf(parameterClasses);
        this.parameters = List.copyOf(parameters);
        this.plans = Map.copyOf(plans);
        this.shape = shape;
        this.readOnly = plans.values().stream().allMatch(Plan::readOnly);
    }

    @Override
    public ProcedureDef definition() {
        return definition;
    }

    @Override
    public List<SqlType> parameters() {
        return parameters;
    }

    @Override
    public @Nullable List<Field> fields() {
        return shape.fields();
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public List<Plan> plans() {
        return List.copyOf(plans.values());
    }

    /** Where the result of the guarded call is put. */
    private static final class Holder {
        private @Nullable Object result;
    }

    @Override
    public List<@Nullable Object[]> call(@Nullable Object[] arguments, Environment environment) {
        @Nullable Object[] values = new @Nullable Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = JavaValues.toJava(arguments[i], parameterClasses.get(i), i + 1);
        }
        ProcedureTransaction transaction = new ProcedureTransaction(plans, environment);
        Holder holder = new Holder();
        new Budget(environment.interruption()::check)
                .run(() -> holder.result = invoke(transaction, values));
        SqlException swallowed = transaction.failure();
        if (swallowed != null) {
            throw swallowed;
        }
        return shape.rows(holder.result);
    }

    private @Nullable Object invoke(Transaction transaction, @Nullable Object[] values) {
        try {
            return run.invokeExact(transaction, values);
        } catch (SqlException refused) {
            throw refused;
        } catch (StackOverflowError deep) {
            throw failed(deep);
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable failure) {
            throw failed(failure);
        }
    }

    /** The procedure's own exception, with its name and the line that threw it. */
    private SqlException failed(Throwable failure) {
        String className = ((ProcedureDef.Body.JavaClass) definition.body()).className();
        String where = "";
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().equals(className)) {
                where = " at " + frame;
                break;
            }
        }
        return new SqlException(
                        ErrorCode.EXTERNAL_ROUTINE_EXCEPTION,
                        "procedure \"%s\" failed: %s".formatted(definition.name(), failure))
                .detail("Thrown" + where + "; everything it did was rolled back.");
    }
}
