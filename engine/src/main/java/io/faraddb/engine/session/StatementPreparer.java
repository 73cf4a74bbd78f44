package io.faraddb.engine.session;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.procedure.CallableProcedure;
import io.faraddb.engine.schema.CatalogStore;
import io.faraddb.engine.schema.Procedures;
import io.faraddb.engine.session.PlanCache.Key;
import io.faraddb.engine.sql.bind.statement.Binder;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.ExpressionCompiler;
import io.faraddb.engine.sql.parse.ParsedStatement;
import io.faraddb.engine.sql.parse.SqlParser;
import io.faraddb.engine.sql.parse.StatementText;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import io.faraddb.engine.sql.plan.Plan;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeOids;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From text to what can be executed: through the plan cache if it can. One for each session. */
final class StatementPreparer {

    private static final int[] NO_OIDS = {};

    private final CatalogStore catalogs;
    private final PlanCache cache;
    private final Procedures procedures;
    private final StatementPlans plans;
    private final Settings settings;

    /**
     * @param settings that the texts of literals are read by
     */
    StatementPreparer(Database database, Settings settings) {
        this.catalogs = database.catalogs();
        this.cache = database.planCache();
        this.procedures = database.procedures();
        this.plans = database.plans();
        this.settings = settings;
    }

    /** What needs no planning: the plan is in the cache; null if it is not. */
    @Nullable PreparedStatement cached(String sql, int[] oids) {
        long version = catalogs.current().version();
        StatementText lifted = lift(sql, oids);
        if (lifted != null) {
            Plan plan = cache.find(new Key(version, lifted.key()));
            return plan == null ? null : tryPlanned(sql, plan, lifted, version);
        }
        Plan plan = cache.find(key(sql, oids, version));
        return plan == null ? null : new PreparedStatement.Planned(sql, oids, plan, null, version);
    }

    private static @Nullable StatementText lift(String sql, int[] oids) {
        if (oids.length > 0) {
            return null;
        }
        StatementText lifted = StatementText.of(sql);
        return lifted == null || lifted.count() == 0 ? null : lifted;
    }

    private static Key key(String sql, int[] oids, long version) {
        return new Key(version, oids.length == 0 ? sql : sql + Arrays.toString(oids));
    }

    /**
     * @throws SqlException if the text is wrong or holds several statements
     */
    PreparedStatement prepare(String sql, int[] oids) {
        PreparedStatement known = cached(sql, oids);
        if (known != null) {
            return known;
        }
        StatementText lifted = lift(sql, oids);
        if (lifted != null) {
            PreparedStatement statement = tryLifted(sql, lifted);
            if (statement != null) {
                return statement;
            }
        }
        ParsedStatement parsed = SqlParser.parseStatement(sql);
        return parsed == null ? new PreparedStatement.Nothing(sql) : prepare(parsed, sql, oids);
    }

    /** With the literals as parameters; null if they can't be. */
    private @Nullable PreparedStatement tryLifted(String sql, StatementText lifted) {
        Catalog catalog = catalogs.current();
        try {
            ParsedStatement parsed = SqlParser.parseLifted(lifted);
            if (parsed == null || !StatementPlans.planable(parsed)) {
                return null;
            }
            Plan plan = plans.plan(parsed, catalog, List.of());
            PreparedStatement statement = planned(sql, plan, lifted, catalog.version());
            cache.put(new Key(catalog.version(), lifted.key()), plan);
            return statement;
        } catch (SqlException refused) {
            // Perhaps only because of the lifting: the text as it is says.
            return null;
        }
    }

    /** Null if a literal is none of its type: the text as it is says where. */
    private @Nullable PreparedStatement tryPlanned(
            String sql, Plan plan, StatementText lifted, long version) {
        try {
            return planned(sql, plan, lifted, version);
        } catch (SqlException refused) {
            return null;
        }
    }

    private PreparedStatement planned(String sql, Plan plan, StatementText lifted, long version) {
        @Nullable Object[] values = new @Nullable Object[plan.parameters().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = LiftedValues.value(lifted, i, plan.parameters().get(i), settings);
        }
        return new PreparedStatement.Planned(sql, NO_OIDS, plan, values, version);
    }

    /** A statement of a script, or the only one of a text. */
    PreparedStatement prepare(ParsedStatement parsed, String sql, int[] oids) {
        Catalog catalog = catalogs.current();
        if (StatementPlans.planable(parsed)) {
            Plan plan = plans.plan(parsed, catalog, types(oids));
            cache.put(key(sql, oids, catalog.version()), plan);
            return new PreparedStatement.Planned(sql, oids, plan, null, catalog.version());
        }
        if (parsed.statement() instanceof ProcedureStatement.Call call) {
            return call(call, sql, oids, catalog);
        }
        boolean procedure = parsed.statement() instanceof ProcedureStatement;
        if (parsed.parameterCount() > 0 && !procedure) {
            throw new SqlException(ErrorCode.UNDEFINED_PARAMETER, "there is no parameter $1")
                    .hint("Only SELECT, INSERT, UPSERT, UPDATE, DELETE and CALL take parameters.");
        }
        return new PreparedStatement.Command(
                sql, parsed.statement(), CommandFields.of(parsed.statement()));
    }

    /** A statement within another, by its own text: the cache knows it by that. */
    PreparedStatement prepare(UtilityStatement.Inner inner) {
        try {
            return prepare(inner.text(), NO_OIDS);
        } catch (SqlException e) {
            throw e.position() == 0 ? e : e.at(inner.position() + e.position() - 1);
        }
    }

    private static List<SqlType> types(int[] oids) {
        return Arrays.stream(oids).mapToObj(StatementPreparer::type).toList();
    }

    /** Unknown, to be inferred, for 0. */
    private static SqlType type(int oid) {
        if (oid == 0) {
            return SqlType.UNKNOWN;
        }
        SqlType type = TypeOids.type(oid);
        if (type == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "type with OID " + Integer.toUnsignedString(oid) + " does not exist")
                    .hint("Give 0 as the type of a parameter that is to be inferred.");
        }
        return type;
    }

    private PreparedStatement call(
            ProcedureStatement.Call call, String sql, int[] oids, Catalog catalog) {
        CallableProcedure procedure = procedures.find(call.name().name(), catalog);
        List<SqlType> wanted = procedure.parameters();
        if (wanted.size() != call.arguments().size()) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "procedure %s takes %d arguments, the call gives %d"
                                    .formatted(
                                            call.name().name(),
                                            wanted.size(),
                                            call.arguments().size()))
                    .at(call.position());
        }
        Binder.BoundArguments bound =
                plans.binder().bindArguments(call.arguments(), wanted, catalog, types(oids));
        ExpressionCompiler compiler =
                new ExpressionCompiler(query -> {
                    throw SqlException.unsupported("a subquery as a CALL argument");
                });
        List<Evaluator> arguments = compiler.compileAll(bound.expressions());
        return new PreparedStatement.Call(
                sql, oids, procedure, arguments, bound.parameters(), catalog.version());
    }
}
