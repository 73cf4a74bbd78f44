package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.Cast;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.QualifiedNames;
import io.faraddb.engine.sql.function.TextConversion;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions that put values of any type together as text. */
public final class ConcatenationFunctions implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        operators(definitions);
        concatenations(definitions);
        formats(definitions);
        quotes(definitions);
        counts(definitions);
    }

    private static void operators(Definitions to) {
        to.define(
                "||(text, text) -> text",
                (String left, String right) -> {
                    Strings.checkLength((long) left.length() + right.length());
                    return left.concat(right);
                });
        to.typed(
                "||(text, anynonarray) -> text stable",
                (types, result) -> {
                    Cast cast = Casts.find(types.get(1), SqlType.TEXT, true);
                    return (arguments, context) -> arguments[0] + text(cast, arguments[1], context);
                });
        to.typed(
                "||(anynonarray, text) -> text stable",
                (types, result) -> {
                    Cast cast = Casts.find(types.get(0), SqlType.TEXT, true);
                    return (arguments, context) -> text(cast, arguments[0], context) + arguments[1];
                });
    }

    /** As a cast to text makes it, which is not what a type prints for boolean. */
    private static String text(Cast cast, @Nullable Object value, CallContext context) {
        return (String) Objects.requireNonNull(cast.apply(Objects.requireNonNull(value), context));
    }

    private static void concatenations(Definitions to) {
        to.typed(
                "concat(variadic any) -> text stable lenient",
                (types, result) -> (arguments, context) -> join(types, arguments, context, "", 0));
        to.typed(
                "concat_ws(text, variadic any) -> text stable lenient",
                (types, result) ->
                        (arguments, context) ->
                                arguments[0] instanceof String separator
                                        ? join(types, arguments, context, separator, 1)
                                        : null);
    }

    private static String join(
            List<SqlType> types,
            @Nullable Object[] arguments,
            CallContext context,
            String separator,
            int first) {
        StringBuilder out = new StringBuilder();
        boolean any = false;
        for (int i = first; i < arguments.length; i++) {
            Object value = arguments[i];
            if (value != null) {
                out.append(any ? separator : "");
                out.append(TextConversion.format(types.get(i), value, context));
                Strings.checkLength(out.length());
                any = true;
            }
        }
        return out.toString();
    }

    private static void formats(Definitions to) {
        to.general(
                "format(text) -> text stable lenient",
                (arguments, context) ->
                        arguments[0] instanceof String format
                                ? new FormatCall(format, List.of(), arguments, context).run()
                                : null);
        to.typed(
                "format(text, variadic any) -> text stable lenient",
                (types, result) ->
                        (arguments, context) ->
                                arguments[0] instanceof String format
                                        ? new FormatCall(format, types, arguments, context).run()
                                        : null);
    }

    private static void quotes(Definitions to) {
        to.define("quote_ident(text) -> text", (String name) -> QualifiedNames.quote(name));
        to.define("quote_literal(text) -> text", (String text) -> quoteLiteral(text));
        to.typed(
                "quote_literal(anyelement) -> text stable",
                (types, result) -> {
                    Cast cast = Casts.find(types.get(0), SqlType.TEXT, true);
                    return (arguments, context) -> quoteLiteral(text(cast, arguments[0], context));
                });
        to.define(
                "quote_nullable(text) -> text lenient",
                (@Nullable String text) -> text == null ? "NULL" : quoteLiteral(text));
        to.typed(
                "quote_nullable(anyelement) -> text stable lenient",
                (types, result) -> {
                    Cast cast = Casts.find(types.get(0), SqlType.TEXT, true);
                    return (arguments, context) ->
                            arguments[0] == null
                                    ? "NULL"
                                    : quoteLiteral(text(cast, arguments[0], context));
                });
    }

    static String quoteLiteral(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    private static void counts(Definitions to) {
        to.general(
                "num_nulls(variadic any) -> int4 lenient",
                (arguments, context) -> nulls(arguments));
        to.general(
                "num_nonnulls(variadic any) -> int4 lenient",
                (arguments, context) -> arguments.length - nulls(arguments));
    }

    private static long nulls(@Nullable Object[] arguments) {
        long count = 0;
        for (Object argument : arguments) {
            count += argument == null ? 1 : 0;
        }
        return count;
    }
}
