package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.sql.function.text.RegularExpression.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** regexp_match and its like. */
public final class RegularExpressionFunctions implements FunctionSource {

    /** What a function does with its arguments and its second one compiled. */
    private interface Call {
        @Nullable Object apply(RegularExpression expression, Arguments arguments);
    }

    /** Arguments by place, with what stands for those left out. */
    private record Arguments(@Nullable Object[] values) {

        String text(int index) {
            return (String) Objects.requireNonNull(values[index]);
        }

        String flags(int index) {
            return index < values.length ? text(index) : "";
        }

        long number(int index, long otherwise) {
            return index < values.length ? (Long) Objects.requireNonNull(values[index]) : otherwise;
        }
    }

    @Override
    public void define(Definitions definitions) {
        matches(definitions);
        replaces(definitions);
        splits(definitions);
        counts(definitions);
        places(definitions);
    }

    /**
     * @param flags place of the flags
     * @param refusing name for the message that refuses g; null if it is allowed
     */
    private static void define(
            Definitions to, String signature, int flags, @Nullable String refusing, Call call) {
        to.typed(
                signature,
                (parameters, result) -> {
                    LastPattern patterns = new LastPattern();
                    return body(patterns, flags, refusing, call);
                });
    }

    private static Function.Body body(
            LastPattern patterns, int flags, @Nullable String refusing, Call call) {
        return (values, context) -> {
            Arguments arguments = new Arguments(values);
            String plain = RegularExpressionCalls.withoutGlobal(arguments.flags(flags), refusing);
            return call.apply(patterns.compile(arguments.text(1), plain), arguments);
        };
    }

    private static void matches(Definitions to) {
        for (String end : new String[] {"(text, text)", "(text, text, text)"}) {
            define(
                    to,
                    "regexp_match" + end + " -> text[]",
                    2,
                    "regexp_match()",
                    (expression, arguments) ->
                            RegularExpressionCalls.match(expression, arguments.text(0)));
            define(
                    to,
                    "regexp_like" + end + " -> bool",
                    2,
                    "regexp_like()",
                    (expression, arguments) -> expression.isIn(arguments.text(0)));
            to.set(
                    "regexp_matches" + end + " -> text[]",
                    (values, context) -> {
                        if (hasNull(values)) {
                            return List.<@Nullable Object[]>of().iterator();
                        }
                        Arguments arguments = new Arguments(values);
                        String flags = arguments.flags(2);
                        RegularExpression expression =
                                RegularExpression.compile(
                                        arguments.text(1),
                                        RegularExpressionCalls.withoutGlobal(flags, null));
                        return RegularExpressionCalls.matches(
                                        expression, arguments.text(0), flags.indexOf('g') >= 0)
                                .iterator();
                    });
        }
        define(
                to,
                "substring(text, text) -> text",
                2,
                null,
                (expression, arguments) ->
                        RegularExpressionCalls.cutOut(expression, arguments.text(0)));
        to.define(
                "substring(text, text, text) -> text",
                (String text, String pattern, String escape) ->
                        RegularExpressionCalls.cutOut(
                                RegularExpression.compile(
                                        SimilarPattern.toRegularExpression(pattern, escape), ""),
                                text));
    }

    private static boolean hasNull(@Nullable Object[] values) {
        for (Object value : values) {
            if (value == null) {
                return true;
            }
        }
        return false;
    }

    private static void replaces(Definitions to) {
        define(to, "regexp_replace(text, text, text) -> text", 3, null, (e, a) -> replace(e, a, 1));
        define(
                to,
                "regexp_replace(text, text, text, text) -> text",
                3,
                null,
                (e, a) -> replace(e, a, a.flags(3).indexOf('g') >= 0 ? 0 : 1));
        define(
                to,
                "regexp_replace(text, text, text, int4) -> text",
                5,
                null,
                RegularExpressionFunctions::replaceFrom);
        define(
                to,
                "regexp_replace(text, text, text, int4, int4) -> text",
                5,
                null,
                RegularExpressionFunctions::replaceFrom);
        define(
                to,
                "regexp_replace(text, text, text, int4, int4, text) -> text",
                5,
                null,
                RegularExpressionFunctions::replaceFrom);
    }

    private static String replace(RegularExpression expression, Arguments arguments, long nth) {
        return RegularExpressionCalls.replace(
                expression, arguments.text(0), arguments.text(2), 0, nth);
    }

    private static String replaceFrom(RegularExpression expression, Arguments arguments) {
        long start = arguments.number(3, 1);
        boolean global = arguments.flags(5).indexOf('g') >= 0;
        long nth = arguments.number(4, global ? 0 : 1);
        RegularExpressionCalls.check("start", start, 1);
        RegularExpressionCalls.check("n", nth, 0);
        String text = arguments.text(0);
        int offset = Strings.offset(text, start - 1);
        return start > Strings.length(text) + 1L
                ? text
                : RegularExpressionCalls.replace(expression, text, arguments.text(2), offset, nth);
    }

    private static void splits(Definitions to) {
        for (String end : new String[] {"(text, text)", "(text, text, text)"}) {
            define(
                    to,
                    "regexp_split_to_array" + end + " -> text[]",
                    2,
                    "regexp_split_to_array()",
                    (expression, arguments) ->
                            RegularExpressionCalls.split(expression, arguments.text(0)));
            to.set(
                    "regexp_split_to_table" + end + " -> text",
                    (values, context) -> {
                        List<@Nullable Object[]> rows = new ArrayList<>();
                        if (!hasNull(values)) {
                            Arguments arguments = new Arguments(values);
                            String flags =
                                    RegularExpressionCalls.withoutGlobal(
                                            arguments.flags(2), "regexp_split_to_table()");
                            RegularExpression expression =
                                    RegularExpression.compile(arguments.text(1), flags);
                            for (Object part :
                                    RegularExpressionCalls.split(expression, arguments.text(0))) {
                                rows.add(new @Nullable Object[] {part});
                            }
                        }
                        return rows.iterator();
                    });
        }
    }

    private static void counts(Definitions to) {
        for (String end :
                new String[] {"(text, text)", "(text, text, int4)", "(text, text, int4, text)"}) {
            define(
                    to,
                    "regexp_count" + end + " -> int4",
                    3,
                    "regexp_count()",
                    (expression, arguments) -> {
                        long start = arguments.number(2, 1);
                        RegularExpressionCalls.check("start", start, 1);
                        return RegularExpressionCalls.count(expression, arguments.text(0), start);
                    });
        }
    }

    private static void places(Definitions to) {
        String parameters = "text, text";
        String[] more = {"", ", int4", ", int4, int4", ", int4, int4, int4"};
        for (String end : more) {
            String signature = "regexp_instr(" + parameters + end + ") -> int4";
            define(to, signature, 5, "regexp_instr()", RegularExpressionFunctions::place);
        }
        String all = "regexp_instr(text, text, int4, int4, int4, text";
        define(to, all + ") -> int4", 5, "regexp_instr()", RegularExpressionFunctions::place);
        define(to, all + ", int4) -> int4", 5, "regexp_instr()", RegularExpressionFunctions::place);
        for (int i = 0; i < 3; i++) {
            String signature = "regexp_substr(" + parameters + more[i] + ") -> text";
            define(to, signature, 4, "regexp_substr()", RegularExpressionFunctions::part);
        }
        String part = "regexp_substr(text, text, int4, int4, text";
        define(to, part + ") -> text", 4, "regexp_substr()", RegularExpressionFunctions::part);
        define(
                to,
                part + ", int4) -> text",
                4,
                "regexp_substr()",
                RegularExpressionFunctions::part);
    }

    private static @Nullable Search find(
            RegularExpression expression, Arguments arguments, int groupPlace) {
        long start = arguments.number(2, 1);
        long nth = arguments.number(3, 1);
        RegularExpressionCalls.check("start", start, 1);
        RegularExpressionCalls.check("n", nth, 1);
        RegularExpressionCalls.check("subexpr", arguments.number(groupPlace, 0), 0);
        return RegularExpressionCalls.nth(expression, arguments.text(0), start, nth);
    }

    private static long place(RegularExpression expression, Arguments arguments) {
        long end = arguments.number(4, 0);
        if (end != 0 && end != 1) {
            RegularExpressionCalls.check("endoption", end, Long.MAX_VALUE);
        }
        Search search = find(expression, arguments, 6);
        long group = arguments.number(6, 0);
        if (search == null || group > expression.groups()) {
            return 0;
        }
        int at = end == 1 ? search.end((int) group) : search.start((int) group);
        return at < 0 ? 0 : arguments.text(0).codePointCount(0, at) + 1L;
    }

    private static @Nullable String part(RegularExpression expression, Arguments arguments) {
        Search search = find(expression, arguments, 5);
        long group = arguments.number(5, 0);
        return search == null || group > expression.groups() ? null : search.group((int) group);
    }
}
