package io.faraddb.engine.session;

import io.faraddb.engine.procedure.CallableProcedure;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a text was prepared to. */
sealed interface PreparedStatement extends Prepared {

    @Override
    default boolean empty() {
        return false;
    }

    /** No statement at all. */
    record Nothing(String sql) implements PreparedStatement {
        @Override
        public boolean empty() {
            return true;
        }

        @Override
        public List<SqlType> parameters() {
            return List.of();
        }

        @Override
        public @Nullable List<Field> fields() {
            return null;
        }
    }

    /**
     * A statement with a plan.
     *
     * @param lifted values of all the plan's parameters, taken from the text; null if the client
     *     gives them
     * @param parameterOids as the client gave them, to prepare it again
     */
    record Planned(
            String sql,
            int[] parameterOids,
            Plan plan,
            @Nullable Object @Nullable [] lifted,
            long catalogVersion)
            implements PreparedStatement {

        @Override
        public List<SqlType> parameters() {
            return lifted == null ? plan.parameters() : List.of();
        }

        @Override
        public @Nullable List<Field> fields() {
            return plan.fields();
        }
    }

    /**
     * A call of a procedure.
     *
     * @param arguments over the client's parameters
     */
    record Call(
            String sql,
            int[] parameterOids,
            CallableProcedure procedure,
            List<Evaluator> arguments,
            List<SqlType> parameters,
            long catalogVersion)
            implements PreparedStatement {

        @Override
        public @Nullable List<Field> fields() {
            return procedure.fields();
        }
    }

    /** Anything else: run from its syntax each time. */
    record Command(String sql, Statement statement, @Nullable List<Field> fields)
            implements PreparedStatement {

        @Override
        public List<SqlType> parameters() {
            return List.of();
        }
    }
}
