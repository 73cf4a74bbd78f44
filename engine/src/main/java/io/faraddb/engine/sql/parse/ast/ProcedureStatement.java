package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Procedures: made, dropped, called. */
public sealed interface ProcedureStatement extends Statement {

    /**
     * CREATE PROCEDURE in VoltDB's form.
     *
     * @param partition null when it may touch every partition
     * @param allowedRoles of ALLOW; empty without
     */
    record CreateProcedure(
            QualifiedName name,
            boolean orReplace,
            @Nullable ProcedurePartition partition,
            List<String> allowedRoles,
            ProcedureBody body,
            int position)
            implements ProcedureStatement {}

    /**
     * {@code PARTITION ON TABLE t COLUMN c PARAMETER n}.
     *
     * @param parameter 0-based
     */
    record ProcedurePartition(QualifiedName table, String column, int parameter, int position)
            implements Node {}

    /** What a procedure does. */
    sealed interface ProcedureBody {}

    /** Statements with their texts. */
    record SqlBody(List<BodyStatement> statements) implements ProcedureBody {}

    /** A statement of a body. */
    record BodyStatement(Statement statement, String text) {}

    /** A Java class that is loaded already. */
    record JavaBody(String className) implements ProcedureBody {}

    record DropProcedure(List<QualifiedName> names, boolean ifExists, int position)
            implements ProcedureStatement {}

    /** CALL name(...), or VoltDB's EXEC name .... */
    record Call(QualifiedName name, List<Expression> arguments, int position)
            implements ProcedureStatement {}
}
