package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** LIKE, ILIKE and regular expressions as operators, and what SQL's spellings of them call. */
public final class PatternOperators implements FunctionSource {

    /** How a string is compared with a pattern. */
    private interface Match {
        boolean test(String text, String pattern);
    }

    @Override
    public void define(Definitions definitions) {
        for (String type : List.of("text", "name", "bpchar")) {
            likes(definitions, type);
            regularExpressions(definitions, type);
        }
        bytes(definitions);
        escapes(definitions);
    }

    private static void likes(Definitions to, String type) {
        both(to, "~~", type, LikePattern::matches);
        both(
                to,
                "~~*",
                type,
                (text, pattern) ->
                        LikePattern.matches(Strings.lower(text), Strings.lower(pattern)));
        if (!type.equals("bpchar")) {
            String signature = "(" + type + ", text) -> bool";
            to.define(
                    "like" + signature,
                    (String text, String pattern) -> LikePattern.matches(text, pattern));
            to.define(
                    "notlike" + signature,
                    (String text, String pattern) -> !LikePattern.matches(text, pattern));
        }
    }

    private static void both(Definitions to, String operator, String type, Match match) {
        String signature = "(" + type + ", text) -> bool";
        to.define(operator + signature, (String text, String pattern) -> match.test(text, pattern));
        to.define(
                "!" + operator + signature,
                (String text, String pattern) -> !match.test(text, pattern));
    }

    private static void regularExpressions(Definitions to, String type) {
        String signature = "(" + type + ", text) -> bool";
        to.typed("~" + signature, (parameters, result) -> regularExpression("", true));
        to.typed("!~" + signature, (parameters, result) -> regularExpression("", false));
        to.typed("~*" + signature, (parameters, result) -> regularExpression("i", true));
        to.typed("!~*" + signature, (parameters, result) -> regularExpression("i", false));
    }

    private static Function.Body regularExpression(String flags, boolean wanted) {
        LastPattern patterns = new LastPattern();
        return (arguments, context) -> {
            String text = (String) Objects.requireNonNull(arguments[0]);
            String pattern = (String) Objects.requireNonNull(arguments[1]);
            return patterns.compile(pattern, flags).isIn(text) == wanted;
        };
    }

    private static void bytes(Definitions to) {
        to.define(
                "~~(bytea, bytea) -> bool",
                (byte[] text, byte[] pattern) -> LikePattern.matches(text, pattern));
        to.define(
                "!~~(bytea, bytea) -> bool",
                (byte[] text, byte[] pattern) -> !LikePattern.matches(text, pattern));
        to.define(
                "like_escape(bytea, bytea) -> bytea",
                (byte[] pattern, byte[] escape) ->
                        LikePattern.withEscape(latin(pattern), latin(escape))
                                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void escapes(Definitions to) {
        to.define(
                "like_escape(text, text) -> text",
                (String pattern, String escape) -> LikePattern.withEscape(pattern, escape));
        to.define(
                "similar_to_escape(text) -> text",
                (String pattern) -> SimilarPattern.toRegularExpression(pattern, "\\"));
        to.define(
                "similar_to_escape(text, text) -> text",
                (String pattern, String escape) ->
                        SimilarPattern.toRegularExpression(pattern, escape));
    }
}
