package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;

/** LIKE: % for any string, _ for any character, a backslash before one that stands for itself. */
final class LikePattern {

    private static final char ESCAPE = '\\';

    private LikePattern() {}

    /** Steps are bounded by the product of the lengths: only the last % is gone back to. */
    static boolean matches(String text, String pattern) {
        int t = 0;
        int p = 0;
        int percent = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '%') {
                percent = p++;
                resume = t;
                continue;
            }
            int next = p < pattern.length() ? matchOne(text, t, pattern, p) : -1;
            if (next >= 0) {
                t += Character.charCount(text.codePointAt(t));
                p = next;
            } else if (percent < 0) {
                return false;
            } else {
                resume += Character.charCount(text.codePointAt(resume));
                t = resume;
                p = percent + 1;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%') {
            p++;
        }
        return p == pattern.length();
    }

    /** The place in the pattern behind what matches a character; -1 if it does not. */
    private static int matchOne(String text, int t, String pattern, int p) {
        int wanted = pattern.codePointAt(p);
        if (wanted == '_') {
            return p + 1;
        }
        int at = p;
        if (wanted == ESCAPE) {
            at++;
            if (at == pattern.length()) {
                throw new SqlException(
                        ErrorCode.INVALID_ESCAPE_SEQUENCE,
                        "LIKE pattern must not end with escape character");
            }
            wanted = pattern.codePointAt(at);
        }
        return wanted == text.codePointAt(t) ? at + Character.charCount(wanted) : -1;
    }

    /** The same over bytes, for bytea. */
    static boolean matches(byte[] text, byte[] pattern) {
        // Each byte as a character of its own keeps the meaning of all three signs.
        return matches(latin(text), latin(pattern));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /** LIKE ... ESCAPE: the same pattern with the backslash as its escape. */
    static String withEscape(String pattern, String escape) {
        if (escape.isEmpty()) {
            return pattern.replace("\\", "\\\\");
        }
        int sign = escape.codePointAt(0);
        if (escape.length() > Character.charCount(sign)) {
            throw invalidEscape();
        }
        if (sign == ESCAPE) {
            return pattern;
        }
        StringBuilder out = new StringBuilder(pattern.length() + 8);
        boolean escaped = false;
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            if (c == sign && !escaped) {
                out.append(ESCAPE);
                escaped = true;
            } else if (c == ESCAPE) {
                out.append(escaped ? "\\" : "\\\\");
                escaped = false;
            } else {
                out.appendCodePoint(c);
                escaped = false;
            }
        }
        return out.toString();
    }

    static SqlException invalidEscape() {
        return new SqlException(ErrorCode.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                .hint("Escape string must be empty or one character.");
    }
}
