package io.faraddb.engine.sql.function.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A format such as {@code 'FMMonth DDth, "anno" YYYY'} as a list of what it is made of. */
final class Picture {

    private static final int KEYWORD_LENGTH_MAX = 6;

    /** What a node stands for. */
    enum Kind {
        FIELD,
        SEPARATOR,
        SPACE,
        TEXT
    }

    /**
     * A part of a picture.
     *
     * @param text keyword of a field, or the character
     * @param fill whether FM stands before it
     * @param translated whether TM stands before it
     * @param ordinal "TH" or "th" behind it; null without
     */
    record Node(
            Kind kind, String text, boolean fill, boolean translated, @Nullable String ordinal) {
        boolean isField() {
            return kind == Kind.FIELD;
        }
    }

    private final Set<String> keywords;
    private final boolean dates;
    private final String text;
    private final List<Node> nodes = new ArrayList<>();
    private int at;

    private Picture(String text, Set<String> keywords, boolean dates) {
        this.text = text;
        this.keywords = keywords;
        this.dates = dates;
    }

    /** Of dates, whose fields have FM, TM, TH and SP around them. */
    static List<Node> ofDate(String text, Set<String> keywords) {
        return new Picture(text, keywords, true).parse();
    }

    static List<Node> ofNumber(String text, Set<String> keywords) {
        return new Picture(text, keywords, false).parse();
    }

    private List<Node> parse() {
        while (at < text.length()) {
            boolean fill = dates && accept("FM", "fm");
            boolean translated = dates && !fill && accept("TM", "tm");
            String keyword = keyword();
            if (keyword != null) {
                at += keyword.length();
                nodes.add(new Node(Kind.FIELD, keyword, fill, translated, ordinal()));
            } else if (at < text.length()) {
                literal();
            }
        }
        return nodes;
    }

    private boolean accept(String upper, String lower) {
        if (text.startsWith(upper, at) || text.startsWith(lower, at)) {
            at += upper.length();
            return true;
        }
        return false;
    }

    private @Nullable String ordinal() {
        if (!dates) {
            return null;
        }
        for (String suffix : new String[] {"TH", "th"}) {
            if (text.startsWith(suffix, at)) {
                at += suffix.length();
                return suffix;
            }
        }
        // Spelling a number out is known and has no effect, as in PostgreSQL.
        accept("SP", "SP");
        return null;
    }

    /** The longest keyword here. */
    private @Nullable String keyword() {
        for (int length = Math.min(KEYWORD_LENGTH_MAX, text.length() - at); length > 0; length--) {
            String candidate = text.substring(at, at + length);
            if (keywords.contains(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    private void literal() {
        if (text.charAt(at) == '"') {
            quoted();
            return;
        }
        if (text.startsWith("\\\"", at)) {
            at++;
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        Kind kind = Kind.TEXT;
        if (dates && isSeparator(c)) {
            kind = Kind.SEPARATOR;
        } else if (isSpace(c)) {
            kind = Kind.SPACE;
        }
        add(kind, c);
    }

    private void quoted() {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            add(Kind.TEXT, c);
        }
        at++;
    }

    private void add(Kind kind, int c) {
        nodes.add(new Node(kind, Character.toString(c), false, false, null));
    }

    static boolean isSeparator(int c) {
        boolean letterOrDigit =
                (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        return c > ' ' && c < 127 && !letterOrDigit;
    }

    static boolean isSpace(int c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
