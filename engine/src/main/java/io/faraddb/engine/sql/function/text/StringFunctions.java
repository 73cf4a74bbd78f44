package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import java.nio.charset.StandardCharsets;

/** Functions of text that need no pattern. */
public final class StringFunctions implements FunctionSource {

    private static final long INTEGER_MASK = 0xFFFF_FFFFL;

    @Override
    public void define(Definitions definitions) {
        lengths(definitions);
        cases(definitions);
        trims(definitions);
        parts(definitions);
        replacements(definitions);
        codes(definitions);
    }

    private static void lengths(Definitions to) {
        for (String name : new String[] {"length", "char_length", "character_length"}) {
            to.define(name + "(text) -> int4", (String text) -> (long) Strings.length(text));
            to.define(
                    name + "(bpchar) -> int4",
                    (String text) -> (long) Strings.length(Strings.trimRight(text, " ")));
        }
        to.define("textlen(text) -> int4", (String text) -> (long) Strings.length(text));
        to.define("octet_length(text) -> int4", (String text) -> bytes(text));
        to.define("octet_length(bpchar) -> int4", (String text) -> bytes(text));
        to.define("bit_length(text) -> int4", (String text) -> bytes(text) * 8);
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void cases(Definitions to) {
        to.define("lower(text) -> text", (String text) -> Strings.lower(text));
        to.define("upper(text) -> text", (String text) -> Strings.upper(text));
        to.define("initcap(text) -> text", (String text) -> Strings.capitalise(text));
        to.define(
                "reverse(text) -> text",
                (String text) -> new StringBuilder(text).reverse().toString());
    }

    private static void trims(Definitions to) {
        to.define("btrim(text) -> text", (String text) -> Strings.trim(text, " "));
        to.define("ltrim(text) -> text", (String text) -> Strings.trimLeft(text, " "));
        to.define("rtrim(text) -> text", (String text) -> Strings.trimRight(text, " "));
        to.define(
                "btrim(text, text) -> text",
                (String text, String characters) -> Strings.trim(text, characters));
        to.define(
                "ltrim(text, text) -> text",
                (String text, String characters) -> Strings.trimLeft(text, characters));
        to.define(
                "rtrim(text, text) -> text",
                (String text, String characters) -> Strings.trimRight(text, characters));
        to.define(
                "lpad(text, int4) -> text",
                (String text, Long length) -> Strings.padLeft(text, length, " "));
        to.define(
                "rpad(text, int4) -> text",
                (String text, Long length) -> Strings.padRight(text, length, " "));
        to.define(
                "lpad(text, int4, text) -> text",
                (String text, Long length, String fill) -> Strings.padLeft(text, length, fill));
        to.define(
                "rpad(text, int4, text) -> text",
                (String text, Long length, String fill) -> Strings.padRight(text, length, fill));
    }

    private static void parts(Definitions to) {
        for (String name : new String[] {"substring", "substr"}) {
            to.define(
                    name + "(text, int4) -> text",
                    (String text, Long start) -> Strings.substring(text, start));
            to.define(
                    name + "(text, int4, int4) -> text",
                    (String text, Long start, Long length) ->
                            Strings.substring(text, start, length));
        }
        to.define(
                "left(text, int4) -> text", (String text, Long count) -> Strings.left(text, count));
        to.define(
                "right(text, int4) -> text",
                (String text, Long count) -> Strings.right(text, count));
        to.define(
                "position(text, text) -> int4",
                (String text, String part) -> Strings.position(text, part));
        to.define(
                "strpos(text, text) -> int4",
                (String text, String part) -> Strings.position(text, part));
        to.define(
                "split_part(text, text, int4) -> text",
                (String text, String delimiter, Long n) -> Strings.splitPart(text, delimiter, n));
        to.define(
                "starts_with(text, text) -> bool",
                (String text, String prefix) -> text.startsWith(prefix));
        to.define(
                "^@(text, text) -> bool", (String text, String prefix) -> text.startsWith(prefix));
    }

    private static void replacements(Definitions to) {
        to.define(
                "repeat(text, int4) -> text",
                (String text, Long count) -> Strings.repeat(text, count));
        to.define(
                "replace(text, text, text) -> text",
                (String text, String from, String by) -> replace(text, from, by));
        to.define(
                "translate(text, text, text) -> text",
                (String text, String from, String by) -> Strings.translate(text, from, by));
        to.define(
                "overlay(text, text, int4) -> text",
                (String text, String part, Long start) ->
                        Strings.overlay(text, part, start, Strings.length(part)));
        to.general(
                "overlay(text, text, int4, int4) -> text",
                (arguments, context) -> {
                    if (arguments[0] instanceof String text
                            && arguments[1] instanceof String part
                            && arguments[2] instanceof Long start
                            && arguments[3] instanceof Long length) {
                        return Strings.overlay(text, part, start, length);
                    }
                    return null;
                });
    }

    private static String replace(String text, String from, String by) {
        if (from.isEmpty()) {
            return text;
        }
        if (by.length() > from.length()) {
            long growth = (long) (by.length() - from.length()) * (text.length() / from.length());
            Strings.checkLength(text.length() + growth);
        }
        return text.replace(from, by);
    }

    private static void codes(Definitions to) {
        to.define(
                "ascii(text) -> int4",
                (String text) -> text.isEmpty() ? 0L : (long) text.codePointAt(0));
        to.define("chr(int4) -> text", (Long code) -> Strings.ofCodePoint(code));
        to.define("to_hex(int4) -> text", (Long value) -> Long.toHexString(value & INTEGER_MASK));
        to.define("to_hex(int8) -> text", (Long value) -> Long.toHexString(value));
    }
}
