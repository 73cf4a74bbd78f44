package io.faraddb.engine.sql.parse.ast;

/** What can be executed. */
public sealed interface Statement extends Node
        permits Query,
                DataChange,
                Definition,
                ProcedureStatement,
                TransactionStatement,
                SessionStatement,
                CursorStatement,
                UtilityStatement,
                Statement.Unsupported {

    /**
     * A statement of PostgreSQL's that FaradDB has not got; executing it is refused by name.
     *
     * @param name as the documentation's index spells it: {@code CREATE VIEW}
     */
    record Unsupported(String name, int position) implements Statement {}
}
