package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import org.jspecify.annotations.Nullable;

/**
 * Turns a pattern of SIMILAR TO into a regular expression. Two separators of escape and double
 * quote part what substring() cuts out from what stands around it.
 */
final class SimilarPattern {

    private static final int SEPARATORS_MAX = 2;

    private final StringBuilder out = new StringBuilder("^(?:");
    private boolean inClass;
    private int separators;

    private SimilarPattern() {}

    static String toRegularExpression(String pattern, String escape) {
        int sign = escape.isEmpty() ? -1 : escape.codePointAt(0);
        if (sign >= 0 && escape.length() > Character.charCount(sign)) {
            throw LikePattern.invalidEscape();
        }
        // What stands before the part cut out takes as little as it can.
        int quotes = sign < 0 ? 0 : count(pattern, Character.toString(sign) + '"');
        return new SimilarPattern().translate(pattern, sign, quotes == SEPARATORS_MAX);
    }

    private static int count(String text, String part) {
        int count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
            count++;
        }
        return count;
    }

    private String translate(String pattern, int sign, boolean lazyFirst) {
        boolean escaped = false;
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (escaped) {
                escaped(c);
                escaped = false;
            } else if (c == sign) {
                escaped = true;
            } else if (inClass) {
                out.append(c == '\\' ? "\\" : "").appendCodePoint(c);
                inClass = c != ']';
            } else {
                plain(c, lazyFirst && separators == 0);
            }
        }
        return out.append(")$").toString();
    }

    private void escaped(int c) {
        if (c != '"' || inClass) {
            out.append('\\').appendCodePoint(c);
            return;
        }
        if (separators == SEPARATORS_MAX) {
            throw new SqlException(
                    ErrorCode.INVALID_USE_OF_ESCAPE_CHARACTER,
                    "SQL regular expression may not contain more than two"
                            + " escape-double-quote separators");
        }
        out.append(separators == 0 ? ")(" : ")(?:");
        separators++;
    }

    private void plain(int c, boolean lazy) {
        String fixed = fixed(c);
        if (fixed != null) {
            out.append(fixed);
        } else {
            out.appendCodePoint(c);
        }
        inClass = c == '[';
        if (lazy && "%*+?}".indexOf(c) >= 0) {
            out.append('?');
        }
    }

    private static @Nullable String fixed(int c) {
        return switch (c) {
            case '%' -> ".*";
            case '_' -> ".";
            case '(' -> "(?:";
            case '\\', '.', '^', '$' -> "\\" + (char) c;
            default -> null;
        };
    }
}
