package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text of arrays: {@code {1,NULL,"a b"}}, nested for more dimensions. */
final class ArrayText {

    private final SqlType element;
    private final String text;
    private final FormatSettings settings;
    private int at;

    private ArrayText(SqlType element, String text, FormatSettings settings) {
        this.element = element;
        this.text = text;
        this.settings = settings;
    }

    static List<@Nullable Object> parse(SqlType element, String text, FormatSettings settings) {
        return new ArrayText(element, text, settings).parseAll();
    }

    private List<@Nullable Object> parseAll() {
        skipSpaces();
        char first = at < text.length() ? text.charAt(at) : 0;
        if (first == '[') {
            throw SqlException.unsupported("an array with explicit bounds");
        }
        if (first != '{') {
            throw malformed("Array value must start with \"{\" or dimension information.");
        }
        List<@Nullable Object> values = parseLevel(true);
        skipSpaces();
        if (at < text.length()) {
            throw malformed("Junk after closing right brace.");
        }
        checkDimensions(values);
        return values;
    }

    private List<@Nullable Object> parseLevel(boolean outermost) {
        at++;
        List<@Nullable Object> values = new ArrayList<>();
        skipSpaces();
        if (peek() == '}' && outermost) {
            at++;
            return values;
        }
        boolean nested = peek() == '{';
        while (true) {
            skipSpaces();
            if (peek() == '{' && !nested) {
                throw malformed("Unexpected \"{\" character.");
            }
            if (peek() != '{' && peek() != '}' && peek() != ',' && nested) {
                throw malformed("Unexpected array element.");
            }
            values.add(peek() == '{' ? parseLevel(false) : parseElement());
            skipSpaces();
            char c = next();
            if (c == '}') {
                return values;
            }
            if (c != ',') {
                throw malformed("Unexpected array element.");
            }
        }
    }

    private @Nullable Object parseElement() {
        if (peek() == '"') {
            return TextFormat.parse(element, quoted(), settings);
        }
        StringBuilder out = new StringBuilder();
        boolean escaped = false;
        // Spaces at the end do not count unless escaped.
        int keep = 0;
        while (true) {
            char c = peek();
            if (c == ',' || c == '}') {
                break;
            }
            if (c == '"') {
                throw malformed("Unexpected array element.");
            }
            if (c == '{') {
                throw malformed("Unexpected \"{\" character.");
            }
            at++;
            if (c == '\\') {
                c = next();
                escaped = true;
                out.append(c);
                keep = out.length();
            } else {
                out.append(c);
                keep = TextFormat.isSpace(c) ? keep : out.length();
            }
        }
        out.setLength(keep);
        if (out.isEmpty()) {
            throw malformed("Unexpected \"" + peek() + "\" character.");
        }
        String word = out.toString();
        if (!escaped && word.equalsIgnoreCase("NULL")) {
            return null;
        }
        return TextFormat.parse(element, word, settings);
    }

    private String quoted() {
        at++;
        StringBuilder out = new StringBuilder();
        while (true) {
            char c = next();
            if (c == '"') {
                return out.toString();
            }
            out.append(c == '\\' ? next() : c);
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw malformed("Unexpected end of input.");
        }
        return text.charAt(at);
    }

    private char next() {
        char c = peek();
        at++;
        return c;
    }

    private void skipSpaces() {
        while (at < text.length() && TextFormat.isSpace(text.charAt(at))) {
            at++;
        }
    }

    private SqlException malformed(String detail) {
        return new SqlException(
                        ErrorCode.INVALID_TEXT_REPRESENTATION,
                        "malformed array literal: \"" + text + "\"")
                .detail(detail);
    }

    /** All arrays of one level have the same length and depth. */
    private int checkDimensions(List<?> values) {
        int depth = -1;
        int length = -1;
        for (Object value : values) {
            int nested = value instanceof List<?> inner ? checkDimensions(inner) : 0;
            int size = value instanceof List<?> inner ? inner.size() : 0;
            if (depth >= 0 && (nested != depth || size != length)) {
                throw malformed(
                        "Multidimensional arrays must have sub-arrays with matching dimensions.");
            }
            depth = nested;
            length = size;
        }
        return depth + 1;
    }

    static String format(SqlType element, List<?> values, FormatSettings settings) {
        StringBuilder out = new StringBuilder();
        append(out, element, values, settings);
        return out.toString();
    }

    private static void append(
            StringBuilder out, SqlType element, List<?> values, FormatSettings settings) {
        out.append('{');
        boolean first = true;
        for (Object value : values) {
            if (!first) {
                out.append(',');
            }
            first = false;
            if (value == null) {
                out.append("NULL");
            } else if (value instanceof List<?> inner) {
                append(out, element, inner, settings);
            } else {
                appendElement(out, TextFormat.format(element, value, settings));
            }
        }
        out.append('}');
    }

    private static void appendElement(StringBuilder out, String text) {
        if (!needsQuotes(text)) {
            out.append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static boolean needsQuotes(String text) {
        if (text.isEmpty() || text.equalsIgnoreCase("NULL")) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("{}\",\\".indexOf(c) >= 0 || TextFormat.isSpace(c)) {
                return true;
            }
        }
        return false;
    }
}
