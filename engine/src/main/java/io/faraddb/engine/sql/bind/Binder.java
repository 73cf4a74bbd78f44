package io.faraddb.engine.sql.bind;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.InvariantViolation;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ParsedStatement;
import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** From syntax to bound trees. Stateless. */
public final class Binder {

    private final FunctionLibrary functions;
    private final SystemTables systemTables;

    public Binder(FunctionLibrary functions, SystemTables systemTables) {
        this.functions = functions;
        this.systemTables = systemTables;
    }

    private BindContext context(Catalog catalog, List<SqlType> parameterTypes) {
        return new BindContext(catalog, functions, systemTables, parameterTypes);
    }

    /**
     * Binds a query or a statement that writes rows.
     *
     * @param parameterTypes of $1, $2, ...; unknown ones, and those left out, are inferred
     * @throws io.faraddb.engine.error.SqlException if names or types are wrong, with the position
     */
    public BoundStatement bind(
            ParsedStatement statement, Catalog catalog, List<SqlType> parameterTypes) {
        BindContext context = context(catalog, parameterTypes);
        return switch (statement.statement()) {
            case Query query -> {
                Relation relation = new QueryBinder(context).bind(query, null);
                yield new BoundStatement.Query(relation, context.parameters());
            }
            case DataChange change -> new WriteBinder(context).bind(change);
            default -> throw new InvariantViolation("only queries and writes are bound");
        };
    }

    /**
     * Expressions over parameters only.
     *
     * @param expressions of the types wanted
     * @param parameters types of $1, $2, ...
     */
    public record BoundArguments(List<Scalar> expressions, List<SqlType> parameters) {}

    /** The arguments of a CALL. */
    public BoundArguments bindArguments(
            List<Expression> arguments,
            List<SqlType> wanted,
            Catalog catalog,
            List<SqlType> parameterTypes) {
        BindContext context = context(catalog, parameterTypes);
        ExpressionBinder binder = new ExpressionBinder(context, new Scope(null, List.of()), null);
        List<Scalar> bound = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Expression argument = arguments.get(i);
            bound.add(
                    binder.coercions()
                            .assignment(
                                    binder.bind(argument),
                                    wanted.get(i),
                                    "argument " + (i + 1),
                                    argument.position()));
        }
        return new BoundArguments(bound, context.parameters());
    }

    /** A DEFAULT of a column. */
    public Scalar bindDefault(Expression expression, SqlType type, String column, Catalog catalog) {
        BindContext context = context(catalog, List.of());
        return new WriteBinder(context).defaultValue(expression, type, column);
    }

    /** The CHECK constraints of a table, over rows of all its columns. */
    public List<BoundStatement.Check> bindChecks(TableDef table, Catalog catalog) {
        return new WriteBinder(context(catalog, List.of())).checks(table);
    }
}
