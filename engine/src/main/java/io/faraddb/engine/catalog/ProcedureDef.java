package io.faraddb.engine.catalog;

import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored procedure.
 *
 * @param partition where it runs; null when it may touch every partition
 */
public record ProcedureDef(
        int oid,
        String name,
        List<SqlType> parameterTypes,
        @Nullable PartitionedBy partition,
        Body body) {

    public ProcedureDef {
        parameterTypes = List.copyOf(parameterTypes);
    }

    /**
     * The partition of the value of one argument.
     *
     * @param parameter 0-based
     */
    public record PartitionedBy(String table, String column, int parameter) {}

    /** What it does. */
    public sealed interface Body {

        /** SQL statements, the arguments being $1, $2, ... */
        record Statements(List<String> statements) implements Body {
            public Statements {
                statements = List.copyOf(statements);
            }
        }

        /**
         * A Java class.
         *
         * @param jar the archive that holds it
         */
        record JavaClass(String className, String jar) implements Body {}
    }
}
