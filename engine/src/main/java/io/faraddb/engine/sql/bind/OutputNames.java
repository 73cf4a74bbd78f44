package io.faraddb.engine.sql.bind;

import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import java.util.List;
import java.util.Locale;

/** The names that PostgreSQL gives to output columns without an alias. */
final class OutputNames {

    private static final String NONE = "?column?";

    private OutputNames() {}

    static String of(Expression expression) {
        return switch (expression) {
            case Expression.ColumnReference column -> column.names().getLast();
            case Expression.FunctionCall call -> call.name().name();
            case Expression.Cast cast -> {
                String operand = of(cast.operand());
                yield operand.equals(NONE) ? typeName(cast) : operand;
            }
            case Expression.Case choice -> {
                Expression otherwise = choice.otherwise();
                String name = otherwise == null ? NONE : of(otherwise);
                yield name.equals(NONE) ? "case" : name;
            }
            case Expression.Coalesce coalesce -> "coalesce";
            case Expression.NullIf nullIf -> "nullif";
            case Expression.Extremum extremum -> extremum.greatest() ? "greatest" : "least";
            case Expression.SessionValue value -> value.kind().name().toLowerCase(Locale.ROOT);
            case Expression.ArrayConstructor array -> "array";
            case Expression.ArrayQuery query -> "array";
            case Expression.Row row -> "row";
            case Expression.Exists exists -> "exists";
            case Expression.Collate collate -> of(collate.operand());
            case Expression.Subscript subscript -> of(subscript.operand());
            case Expression.FieldSelection selection -> selection.field();
            case Expression.ScalarQuery query -> of(query.query());
            case Expression.BooleanLiteral truth -> "bool";
            default -> NONE;
        };
    }

    private static String typeName(Expression.Cast cast) {
        return cast.type().name().name();
    }

    private static String of(Query query) {
        if (query.body() instanceof Query.Select select && !select.items().isEmpty()) {
            List<Query.SelectItem> items = select.items();
            String alias = items.getFirst().alias();
            return alias != null ? alias : of(items.getFirst().expression());
        }
        return NONE;
    }
}
