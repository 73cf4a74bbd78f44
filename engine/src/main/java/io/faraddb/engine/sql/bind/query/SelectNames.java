package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an output column is called that has no alias. */
public final class SelectNames {

    private static final String UNNAMED = "?column?";

    private SelectNames() {}

    public static String of(Expression expression) {
        String name = strong(expression);
        if (name == null) {
            name = weak(expression);
        }
        return name == null ? UNNAMED : name;
    }

    /** A name that a cast around the expression keeps; null if there is none. */
    private static @Nullable String strong(Expression expression) {
        return switch (expression) {
            case Expression.ColumnReference reference -> reference.names().getLast();
            case Expression.FunctionCall call -> call.name().name();
            case Expression.FieldSelection field -> field.field();
            case Expression.Subscript subscript -> strong(subscript.operand());
            case Expression.Slice slice -> strong(slice.operand());
            case Expression.Collate collate -> strong(collate.operand());
            case Expression.Cast cast -> strong(cast.operand());
            case Expression.Case choice -> {
                Expression otherwise = choice.otherwise();
                yield otherwise == null ? null : strong(otherwise);
            }
            case Expression.Coalesce _ -> "coalesce";
            case Expression.NullIf _ -> "nullif";
            case Expression.Extremum extremum -> extremum.greatest() ? "greatest" : "least";
            case Expression.SessionValue value -> value.kind().name().toLowerCase(Locale.ROOT);
            case Expression.Exists _ -> "exists";
            case Expression.ArrayQuery _ -> "array";
            case Expression.ArrayConstructor _ -> "array";
            case Expression.Row _ -> "row";
            case Expression.ScalarQuery scalar -> ofQuery(scalar.query());
            default -> null;
        };
    }

    private static @Nullable String ofQuery(Query query) {
        return query.body() instanceof Query.Select select && select.items().size() == 1
                ? of(select.items())
                : query.body() instanceof Query.Values ? "column1" : null;
    }

    private static @Nullable String of(List<Query.SelectItem> items) {
        Query.SelectItem item = items.getFirst();
        return item.alias() != null ? item.alias() : of(item.expression());
    }

    /** A name when nothing inside has a better one; null if there is none. */
    private static @Nullable String weak(Expression expression) {
        return switch (expression) {
            case Expression.Cast cast -> cast.type().name().name();
            case Expression.Case _ -> "case";
            case Expression.Collate collate -> weak(collate.operand());
            default -> null;
        };
    }
}
