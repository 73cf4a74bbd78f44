package io.faraddb.engine.sql.bind.statement;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.SystemTables;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Outputs;
import io.faraddb.engine.sql.bind.expression.Parameters;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.bind.query.QueryBinder;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ParsedStatement;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Finds out what a statement means. Immutable; one serves all sessions. */
public final class Binder {

    private final SystemTables systemTables;
    private final FunctionLibrary library;

    public Binder(SystemTables systemTables, FunctionLibrary library) {
        this.systemTables = systemTables;
        this.library = library;
    }

    /** Whether a statement is one of those that {@link #bind} takes. */
    public static boolean isBindable(Statement statement) {
        return statement instanceof Query || statement instanceof DataChange;
    }

    /**
     * Binds a query or a change of rows.
     *
     * @param parameters types that the client gave for $1, $2, ...; unknown for those to infer, may
     *     be fewer than there are
     * @throws SqlException with PostgreSQL's code and position if it means nothing
     */
    public BoundStatement bind(
            ParsedStatement statement, Catalog catalog, List<SqlType> parameters) {
        Parameters types = new Parameters(parameters);
        BoundStatement bound = bind(statement.statement(), catalog, types);
        int count = Math.max(statement.parameterCount(), parameters.size());
        return settled(bound, types.settled(count, false));
    }

    /**
     * Binds a statement whose literals were lifted out: they are its parameters.
     *
     * @param literals how many there are
     */
    public BoundStatement bindLifted(ParsedStatement statement, Catalog catalog, int literals) {
        Parameters types = new Parameters(List.of());
        BoundStatement bound = bind(statement.statement(), catalog, types);
        return settled(bound, types.settled(literals, true));
    }

    private BoundStatement bind(Statement statement, Catalog catalog, Parameters types) {
        BindContext context = new BindContext(catalog, systemTables, library, types);
        QueryBinder queries = new QueryBinder(context);
        return switch (statement) {
            case Query query -> {
                Relation relation = queries.bindTop(query);
                yield new BoundStatement.Query(
                        Outputs.typed(relation, queries.coercions()), List.of());
            }
            case DataChange.Insert insert -> new InsertBinder(context, queries).bind(insert);
            case DataChange.Update update -> new UpdateBinder(context, queries).bind(update);
            case DataChange.Delete delete -> new UpdateBinder(context, queries).bind(delete);
            case Statement.Unsupported unsupported ->
                    throw SqlException.unsupported(unsupported.name())
                            .at(unsupported.position());
            default ->
                    throw SqlException.unsupported("binding of a statement without rows")
                            .at(statement.position());
        };
    }

    private static BoundStatement settled(BoundStatement bound, List<SqlType> parameters) {
        return switch (bound) {
            case BoundStatement.Query query ->
                    new BoundStatement.Query(query.relation(), parameters);
            case BoundStatement.Insert insert ->
                    new BoundStatement.Insert(
                            insert.table(),
                            insert.source(),
                            insert.conflict(),
                            insert.checks(),
                            insert.returning(),
                            parameters);
            case BoundStatement.Update update ->
                    new BoundStatement.Update(
                            update.table(),
                            update.from(),
                            update.where(),
                            update.assignments(),
                            update.checks(),
                            update.returning(),
                            parameters);
            case BoundStatement.Delete delete ->
                    new BoundStatement.Delete(
                            delete.table(),
                            delete.from(),
                            delete.where(),
                            delete.returning(),
                            parameters);
        };
    }

    // Calls ------------------------------------------------------------------------------------

    /**
     * The arguments of CALL or EXECUTE as a query of one row.
     *
     * @param wanted types of the procedure's parameters, which the arguments are assigned to
     * @param known as for {@link #bind}
     * @param parameterCount the highest n of the statement's $n
     */
    public BoundStatement.Query bindArguments(
            List<Expression> arguments,
            List<SqlType> wanted,
            Catalog catalog,
            List<SqlType> known,
            int parameterCount) {
        Parameters types = new Parameters(known);
        Relation row = arguments(arguments, wanted, catalog, types);
        int count = Math.max(parameterCount, known.size());
        return new BoundStatement.Query(row, types.settled(count, false));
    }

    /** As {@link #bindArguments} with literals lifted out. */
    public BoundStatement.Query bindLiftedArguments(
            ProcedureStatement.Call call, List<SqlType> wanted, Catalog catalog, int literals) {
        Parameters types = new Parameters(List.of());
        Relation row = arguments(call.arguments(), wanted, catalog, types);
        return new BoundStatement.Query(row, types.settled(literals, true));
    }

    private Relation arguments(
            List<Expression> arguments,
            List<SqlType> wanted,
            Catalog catalog,
            Parameters types) {
        BindContext context = new BindContext(catalog, systemTables, library, types);
        QueryBinder queries = new QueryBinder(context);
        Level level = new Level(null, Scope.EMPTY);
        ExpressionBinder binder = queries.expressions(level, Clause.CALL, null);
        List<Scalar> row = new ArrayList<>();
        List<Relation.Field> fields = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Scalar value = binder.bind(arguments.get(i));
            SqlType type = i < wanted.size() ? wanted.get(i) : value.type();
            Scalar assigned = queries.coercions().assign(value, type);
            if (assigned == null) {
                throw Assignments.mismatch("argument " + (i + 1), type, value)
                        .at(arguments.get(i).position());
            }
            row.add(assigned);
            fields.add(Relation.Field.computed("argument" + (i + 1), type));
        }
        return new Relation.Values(List.of(row), fields);
    }
}
