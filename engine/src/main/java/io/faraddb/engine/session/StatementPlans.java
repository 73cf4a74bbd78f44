package io.faraddb.engine.session;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.SqlException;
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

    private final Binder binder;
    private final Planner planner;

    public StatementPlans(Binder binder, Planner planner) {
        this.binder = binder;
        this.planner = planner;
    }

    /** What binds the statements. */
    Binder binder() {
        return binder;
    }

    static boolean planable(ParsedStatement parsed) {
        return parsed.statement() instanceof Query || parsed.statement() instanceof DataChange;
    }

    Plan plan(ParsedStatement parsed, Catalog catalog, List<SqlType> types) {
        return planner.plan(binder.bind(parsed, catalog, types));
    }

    /** Plans a join of three, whose first one in a process takes a second. */
    public void warmUp() {
        ParsedStatement parsed =
                SqlParser.parseStatement(
                        "SELECT 1 FROM (VALUES (1)) a(x) JOIN (VALUES (1)) b(y) ON a.x = b.y"
                                + " JOIN (VALUES (1)) c(z) ON b.y = c.z WHERE a.x > 0");
        if (parsed != null) {
            var unused = plan(parsed, Catalog.EMPTY, List.of());
        }
    }

    /** A statement of a procedure. */
    public Plan planForProcedure(String sql, Catalog catalog, List<SqlType> types) {
        ParsedStatement parsed = SqlParser.parseStatement(sql);
        if (parsed == null || !planable(parsed)) {
            throw SqlException.unsupported(
                            "a procedure's statement other than SELECT, INSERT, UPSERT,"
                                    + " UPDATE and DELETE")
                    .detail(sql);
        }
        return plan(parsed, catalog, types);
    }
}
