package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.BindContext;
import io.faraddb.engine.sql.bind.expression.Clause;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Scope;
import io.faraddb.engine.sql.function.SetFunction;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.sql.parse.ast.TableReference.Alias;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds functions in FROM; one that gives a plain value is a table of one row. */
final class FunctionTableBinder {

    private final BindContext context;
    private final QueryBinder queries;

    FunctionTableBinder(BindContext context, QueryBinder queries) {
        this.context = context;
        this.queries = queries;
    }

    FromItem bind(TableReference.FunctionTable table, @Nullable Level outer, CommonTables common) {
        TableReference.FunctionItem item = only(table);
        Alias alias = table.alias();
        // Arguments stand in no row of their own: what they name lies outside.
        Level level = new Level(outer, Scope.EMPTY);
        ExpressionBinder expressions = queries.expressions(level, Clause.FROM_FUNCTION, common);
        String name = SelectNames.of(item.call());
        Relation relation = relation(item.call(), name, table.ordinality(), alias, expressions);
        return FromBinder.item(
                relation, Collections.nCopies(relation.fields().size(), null), null, name, alias);
    }

    private static TableReference.FunctionItem only(TableReference.FunctionTable table) {
        if (table.functions().size() > 1) {
            throw SqlException.unsupported("ROWS FROM with several functions").at(table.position());
        }
        TableReference.FunctionItem item = table.functions().getFirst();
        Alias alias = table.alias();
        if (!item.columns().isEmpty() || (alias != null && !alias.declarations().isEmpty())) {
            throw SqlException.unsupported("column definition list").at(table.position());
        }
        return item;
    }

    private Relation relation(
            Expression expression,
            String name,
            boolean ordinality,
            @Nullable Alias alias,
            ExpressionBinder expressions) {
        if (expression instanceof Expression.FunctionCall call
                && context.library().isSetFunction(call.name().name())) {
            return scan(call, ordinality, alias, expressions);
        }
        Scalar value = expressions.bindTyped(expression);
        String column = alias == null ? name : alias.name();
        List<Scalar> row = new ArrayList<>(List.of(value));
        List<Field> fields = new ArrayList<>(List.of(Field.computed(column, value.type())));
        if (ordinality) {
            row.add(new Scalar.Literal(1L, SqlType.BIGINT));
            fields.add(Field.computed("ordinality", SqlType.BIGINT));
        }
        return new Relation.Values(List.of(row), fields);
    }

    private Relation scan(
            Expression.FunctionCall call,
            boolean ordinality,
            @Nullable Alias alias,
            ExpressionBinder expressions) {
        List<Scalar> arguments = expressions.bindAll(call.arguments());
        SetFunction function;
        try {
            function =
                    Objects.requireNonNull(
                            context.library()
                                    .resolveSetFunction(
                                            call.name().name(),
                                            arguments.stream().map(Scalar::type).toList()));
        } catch (SqlException unresolved) {
            throw unresolved.at(call.position());
        }
        List<Scalar> coerced = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            coerced.add(
                    expressions
                            .coercions()
                            .implicitly(arguments.get(i), function.parameters().get(i)));
        }
        return new Relation.FunctionScan(
                function, coerced, ordinality, fields(function, ordinality, alias));
    }

    /** A lone column that has the function's name takes the alias's. */
    private static List<Field> fields(
            SetFunction function, boolean ordinality, @Nullable Alias alias) {
        List<Field> fields = new ArrayList<>();
        boolean plain =
                function.columnNames().size() == 1
                        && function.columnNames().getFirst().equals(function.name());
        for (int i = 0; i < function.columnNames().size(); i++) {
            String name = plain && alias != null ? alias.name() : function.columnNames().get(i);
            fields.add(Field.computed(name, function.columnTypes().get(i)));
        }
        if (ordinality) {
            fields.add(Field.computed("ordinality", SqlType.BIGINT));
        }
        return fields;
    }
}
