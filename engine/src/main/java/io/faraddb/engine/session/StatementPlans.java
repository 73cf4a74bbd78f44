package io.faraddb.engine.session;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.procedure.ProcedureLoader;
import io.faraddb.engine.sql.bind.statement.Binder;
import io.faraddb.engine.sql.parse.ParsedStatement;
import io.faraddb.engine.sql.parse.SqlParser;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.sql.plan.Planner;
import io.faraddb.engine.type.SqlType;
import java.util.List;

/** From parsed statements to plans, without a cache. */
public final class StatementPlans {

    private StatementPlans() {}

    static boolean planable(ParsedStatement parsed) {
        return parsed.statement() instanceof Query || parsed.statement() instanceof DataChange;
    }

    static Plan plan(Binder binder, ParsedStatement parsed, Catalog catalog, List<SqlType> types) {
        return Planner.plan(binder.bind(parsed, catalog, types));
    }

    /** For the statements of procedures. */
    public static ProcedureLoader.StatementPlanner procedurePlanner(Binder binder) {
        return (sql, catalog, types) -> {
            ParsedStatement parsed = SqlParser.parseStatement(sql);
            if (parsed == null || !planable(parsed)) {
                throw SqlException.unsupported(
                                "a procedure's statement other than SELECT, INSERT, UPSERT,"
                                        + " UPDATE and DELETE")
                        .detail(sql);
            }
            return plan(binder, parsed, catalog, types);
        };
    }
}
