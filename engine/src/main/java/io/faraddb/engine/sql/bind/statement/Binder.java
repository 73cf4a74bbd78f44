package io.faraddb.engine.sql.bind.statement;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.TableDef;
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
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Finds out what a statement means. Immutable; one serves all sessions. */
public final class Binder {

    private final SystemTables systemTables;
    private final FunctionLibrary library;

    public Binder(FunctionLibrary library, SystemTables systemTables) {
        this.systemTables = systemTables;
        this.library = library;
    }

    /**
     * Binds a query or a change of rows. Literals that were lifted out of it are its parameters.
     *
     * @param parameters types that the client gave for $1, $2, ...; unknown for those to infer, may
     *     be fewer than there are
     * @throws SqlException with PostgreSQL's code and position if it means nothing
     */
    public BoundStatement bind(
            ParsedStatement statement, Catalog catalog, List<SqlType> parameters) {
        Parameters types = new Parameters(parameters);
        BoundStatement bound = bind(statement.statement(), catalog, types);
        return settled(bound, types.settled(statement.parameterCount()));
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
                    throw SqlException.unsupported(unsupported.name()).at(unsupported.position());
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

    // Expressions alone ------------------------------------------------------------------------

    private QueryBinder queries(Catalog catalog, Parameters types) {
        return new QueryBinder(new BindContext(catalog, systemTables, library, types));
    }

    private static ExpressionBinder withoutRow(QueryBinder queries, Clause clause) {
        return queries.expressions(new Level(null, Scope.EMPTY), clause, null);
    }

    /**
     * Expressions over parameters only.
     *
     * @param expressions of the types wanted
     * @param parameters types of $1, $2, ...
     */
    public record BoundArguments(List<Scalar> expressions, List<SqlType> parameters) {}

    /**
     * The arguments of a CALL.
     *
     * @param wanted types of the procedure's parameters, as many as there are arguments
     * @param parameters as for {@link #bind}
     */
    public BoundArguments bindArguments(
            List<Expression> arguments,
            List<SqlType> wanted,
            Catalog catalog,
            List<SqlType> parameters) {
        Parameters types = new Parameters(parameters);
        QueryBinder queries = queries(catalog, types);
        ExpressionBinder binder = withoutRow(queries, Clause.CALL);
        List<Scalar> bound = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            bound.add(
                    Assignments.assigned(
                            queries.coercions(),
                            binder.bind(argument),
                            wanted.get(i),
                            "argument " + (i + 1),
                            argument.position()));
        }
        return new BoundArguments(bound, types.settled(0));
    }

    /** A DEFAULT of a column. */
    public Scalar bindDefault(Expression expression, SqlType type, String column, Catalog catalog) {
        QueryBinder queries = queries(catalog, new Parameters(List.of()));
        return Assignments.assigned(
                queries.coercions(),
                withoutRow(queries, Clause.DEFAULT).bind(expression),
                type,
                "column \"" + column + "\"",
                expression.position());
    }

    /** The CHECK constraints of a table, over rows of all its columns. */
    public List<BoundStatement.Check> bindChecks(TableDef table, Catalog catalog) {
        return new TargetTable(queries(catalog, new Parameters(List.of())), table).checks();
    }
}
