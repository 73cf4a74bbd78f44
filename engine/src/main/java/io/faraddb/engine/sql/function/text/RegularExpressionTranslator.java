package io.faraddb.engine.sql.function.text;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Writes an advanced regular expression of PostgreSQL as one of Java. */
final class RegularExpressionTranslator {

    /** Repetitions that a bound in braces may ask for, as in PostgreSQL. */
    private static final int REPETITIONS_MAX = 255;

    /** Groups within groups. */
    private static final int DEPTH_MAX = 500;

    static final String WORD = "\\p{IsAlphabetic}\\p{IsDigit}_";
    private static final String IS_WORD = "[" + WORD + "]";
    private static final String WORD_START = "(?<!" + IS_WORD + ")(?=" + IS_WORD + ")";
    private static final String WORD_END = "(?<=" + IS_WORD + ")(?!" + IS_WORD + ")";
    private static final String BOUNDARY = "(?:" + WORD_START + "|" + WORD_END + ")";
    private static final String NO_BOUNDARY =
            "(?:(?<=" + IS_WORD + ")(?=" + IS_WORD + ")|(?<!" + IS_WORD + ")(?!" + IS_WORD + "))";

    private final String text;
    private final RegularExpressionOptions options;
    private final StringBuilder out = new StringBuilder();
    // For each open group whether it may be repeated: a look around it may not.
    private final Deque<Boolean> open = new ArrayDeque<>();
    private int at;
    private int groups;
    private boolean repeatable;

    RegularExpressionTranslator(String text, RegularExpressionOptions options) {
        this.text = text;
        this.options = options;
    }

    int groups() {
        return groups;
    }

    String translate() {
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '[' -> bracket();
                case '(' -> open();
                case ')' -> close();
                case '*', '+', '?' -> {
                    at++;
                    quantifier(String.valueOf(c));
                }
                case '{' -> brace();
                case '|' -> {
                    at++;
                    constraint("|");
                }
                case '.' -> {
                    at++;
                    atom(options.dotStopsAtNewline() ? "[^\\n]" : "[\\x{0}-\\x{10FFFF}]");
                }
                case '^' -> {
                    at++;
                    constraint(options.anchorsMatchAtNewline() ? "(?<![^\\n])" : "\\A");
                }
                case '$' -> {
                    at++;
                    constraint(options.anchorsMatchAtNewline() ? "(?![^\\n])" : "\\z");
                }
                default -> ordinary();
            }
        }
        if (!open.isEmpty()) {
            throw RegularExpression.invalid("parentheses () not balanced");
        }
        return out.toString();
    }

    private void atom(String java) {
        out.append(java);
        repeatable = true;
    }

    private void constraint(String java) {
        out.append(java);
        repeatable = false;
    }

    private void ordinary() {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        if (options.expanded()) {
            if (Character.isWhitespace(c)) {
                return;
            }
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end + 1;
                return;
            }
        }
        atom(quoted(c));
    }

    /** A character that stands for itself, in a class too. */
    static String quoted(int c) {
        boolean plain = Character.isLetterOrDigit(c) || c == ' ' || c == '_';
        return plain ? Character.toString(c) : "\\x{" + Integer.toHexString(c) + "}";
    }

    // Groups and repetition --------------------------------------------------------------------

    private void open() {
        if (text.startsWith("(?#", at)) {
            int end = text.indexOf(')', at);
            if (end < 0) {
                throw RegularExpression.invalid("parentheses () not balanced");
            }
            at = end + 1;
            return;
        }
        if (open.size() == DEPTH_MAX) {
            throw RegularExpression.invalid("regular expression is too complex");
        }
        String look = lookAround();
        if (look != null) {
            at += look.length();
            out.append(look);
            open.push(false);
        } else if (text.startsWith("(?:", at)) {
            at += 3;
            out.append("(?:");
            open.push(true);
        } else if (text.startsWith("(?", at)) {
            throw RegularExpression.invalid("quantifier operand invalid");
        } else {
            at++;
            groups++;
            out.append('(');
            open.push(true);
        }
        repeatable = false;
    }

    private @Nullable String lookAround() {
        for (String look : new String[] {"(?=", "(?!", "(?<=", "(?<!"}) {
            if (text.startsWith(look, at)) {
                return look;
            }
        }
        return null;
    }

    private void close() {
        if (open.isEmpty()) {
            throw RegularExpression.invalid("parentheses () not balanced");
        }
        at++;
        out.append(')');
        repeatable = open.pop();
    }

    private void quantifier(String java) {
        if (!repeatable) {
            throw RegularExpression.invalid("quantifier operand invalid");
        }
        out.append(java);
        if (at < text.length() && text.charAt(at) == '?') {
            out.append('?');
            at++;
        }
        repeatable = false;
    }

    private void brace() {
        at++;
        if (at == text.length() || !isDigit(text.charAt(at))) {
            atom("\\{");
            return;
        }
        int least = number();
        int most = least;
        boolean open = false;
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
            open = at < text.length() && text.charAt(at) == '}';
            most = open ? REPETITIONS_MAX : number();
        }
        if (at == text.length()) {
            throw RegularExpression.invalid("braces {} not balanced");
        }
        if (text.charAt(at) != '}' || least > most || most > REPETITIONS_MAX) {
            throw RegularExpression.invalid("invalid repetition count(s)");
        }
        at++;
        quantifier("{" + least + (open ? ",}" : "," + most + "}"));
    }

    private int number() {
        int value = 0;
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at)) && value <= REPETITIONS_MAX) {
            value = value * 10 + text.charAt(at) - '0';
            at++;
        }
        if (at == start && at < text.length()) {
            throw RegularExpression.invalid("invalid repetition count(s)");
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    // Classes and escapes ----------------------------------------------------------------------

    private void bracket() {
        if (text.startsWith("[[:<:]]", at)) {
            at += 7;
            constraint(WORD_START);
        } else if (text.startsWith("[[:>:]]", at)) {
            at += 7;
            constraint(WORD_END);
        } else {
            CharacterClass parsed = new CharacterClass(text, at, options.dotStopsAtNewline());
            atom(parsed.translate());
            at = parsed.end();
        }
    }

    private void escape() {
        CharacterEscape.checkComplete(text, at);
        char c = text.charAt(at + 1);
        String constraint = constraintEscape(c);
        if (constraint != null) {
            at += 2;
            constraint(constraint);
            return;
        }
        if (c >= '1' && c <= '9') {
            backReference();
            return;
        }
        CharacterEscape parsed = CharacterEscape.parse(text, at);
        at = parsed.end();
        atom(parsed.isClass() ? "[" + parsed.java() + "]" : parsed.java());
    }

    private static @Nullable String constraintEscape(char c) {
        return switch (c) {
            case 'A' -> "\\A";
            case 'Z' -> "\\z";
            case 'm' -> WORD_START;
            case 'M' -> WORD_END;
            case 'y' -> BOUNDARY;
            case 'Y' -> NO_BOUNDARY;
            default -> null;
        };
    }

    private void backReference() {
        int number = text.charAt(at + 1) - '0';
        at += 2;
        if (at < text.length() && isDigit(text.charAt(at))) {
            int longer = number * 10 + text.charAt(at) - '0';
            if (longer <= groups) {
                number = longer;
                at++;
            }
        }
        if (number > groups) {
            throw RegularExpression.invalid("invalid backreference number");
        }
        // In a group of its own, so that a digit behind it is not taken for part of it.
        atom("(?:\\" + number + ")");
    }
}
