package io.faraddb.engine.sql.function.array;

import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.TextConversion;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Texts to arrays and back. */
public final class TextArrayFunctions implements FunctionSource {

    @Override
    public void define(Definitions to) {
        to.define(
                "string_to_array(text, text) -> text[] lenient",
                (@Nullable String text, @Nullable String delimiter) ->
                        text == null ? null : split(text, delimiter, null));
        to.define(
                "string_to_array(text, text, text) -> text[] lenient",
                (@Nullable String text, @Nullable String delimiter, @Nullable String nullText) ->
                        text == null ? null : split(text, delimiter, nullText));
        to.set(
                "string_to_table(text, text) -> text lenient",
                (arguments, context) -> rows(arguments, null));
        to.set(
                "string_to_table(text, text, text) -> text lenient",
                (arguments, context) -> rows(arguments, (String) arguments[2]));
        to.typed(
                "array_to_string(anyarray, text) -> text stable",
                (types, result) ->
                        (arguments, context) -> join(elementType(types), arguments, null, context));
        to.typed(
                "array_to_string(anyarray, text, text) -> text stable lenient",
                (types, result) ->
                        (arguments, context) ->
                                arguments[0] == null || arguments[1] == null
                                        ? null
                                        : join(
                                                elementType(types),
                                                arguments,
                                                (String) arguments[2],
                                                context));
    }

    private static SqlType elementType(List<SqlType> types) {
        return Objects.requireNonNull(types.getFirst().element());
    }

    /** Without a delimiter each character is a part, with an empty one all is one. */
    private static List<@Nullable Object> split(
            String text, @Nullable String delimiter, @Nullable String nullText) {
        List<@Nullable Object> parts = new ArrayList<>();
        if (text.isEmpty()) {
            return parts;
        }
        if (delimiter == null) {
            text.codePoints()
                    .mapToObj(Character::toString)
                    .forEach(part -> parts.add(part.equals(nullText) ? null : part));
            return parts;
        }
        int start = 0;
        while (true) {
            int end = delimiter.isEmpty() ? -1 : text.indexOf(delimiter, start);
            String part = end < 0 ? text.substring(start) : text.substring(start, end);
            parts.add(part.equals(nullText) ? null : part);
            if (end < 0) {
                return parts;
            }
            start = end + delimiter.length();
        }
    }

    private static java.util.Iterator<@Nullable Object[]> rows(
            @Nullable Object[] arguments, @Nullable String nullText) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (arguments[0] instanceof String text) {
            for (Object part : split(text, (String) arguments[1], nullText)) {
                rows.add(new @Nullable Object[] {part});
            }
        }
        return rows.iterator();
    }

    private static String join(
            SqlType element,
            @Nullable Object[] arguments,
            @Nullable String nullText,
            CallContext context) {
        List<?> array = (List<?>) Objects.requireNonNull(arguments[0]);
        String delimiter = (String) Objects.requireNonNull(arguments[1]);
        StringBuilder out = new StringBuilder();
        boolean any = false;
        for (Object value : Arrays.flatten(array)) {
            if (value != null || nullText != null) {
                out.append(any ? delimiter : "");
                out.append(
                        value == null ? nullText : TextConversion.format(element, value, context));
                any = true;
            }
        }
        return out.toString();
    }
}
