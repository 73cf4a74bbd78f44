package io.faraddb.shell.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts text into statements at semicolons, but for those in quotes, comments, dollar quotes,
 * parentheses and the body of a procedure (BEGIN ... END).
 */
public final class StatementReader {

    private final StringBuilder text = new StringBuilder();

    /** Adds a line, and returns the statements that are complete now, without semicolons. */
    public List<String> add(String line) {
        text.append(line).append('\n');
        List<String> statements = new ArrayList<>();
        // A statement of many lines is not scanned again at each of them.
        int end = line.indexOf(';') < 0 ? -1 : new Scan(text).semicolon();
        while (end >= 0) {
            String statement = text.substring(0, end).strip();
            text.delete(0, end + 1);
            if (!isBlank(statement)) {
                statements.add(statement);
            }
            end = new Scan(text).semicolon();
        }
        if (text.toString().isBlank()) {
            text.setLength(0);
        }
        return statements;
    }

    /** What is left when no more lines come: a last statement without a semicolon, or null. */
    public @Nullable String rest() {
        String rest = text.toString().strip();
        text.setLength(0);
        return isBlank(rest) ? null : rest;
    }

    /** Whether a statement has begun. */
    public boolean pending() {
        return !text.isEmpty();
    }

    private static boolean isBlank(String statement) {
        return new Scan(new StringBuilder(statement)).blank();
    }

    /** One pass over the text of a statement. */
    private static final class Scan {

        private final StringBuilder text;
        private int at;
        private int parentheses;
        private int blocks;
        private int words;
        private boolean creates;
        private boolean routine;

        Scan(StringBuilder text) {
            this.text = text;
        }

        boolean blank() {
            while (at < text.length()) {
                int before = at;
                if (Character.isWhitespace(text.charAt(at))) {
                    at++;
                } else if (!comment()) {
                    return before >= text.length();
                }
            }
            return true;
        }

        int semicolon() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ';' && parentheses <= 0 && blocks <= 0) {
                    return at;
                }
                if (comment() || quoted(c) || dollarQuoted(c) || word(c)) {
                    continue;
                }
                parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
                at++;
            }
            return -1;
        }

        private boolean comment() {
            if (text.indexOf("--", at) == at) {
                int end = text.indexOf("\n", at);
                at = end < 0 ? text.length() : end + 1;
                return true;
            }
            if (text.indexOf("/*", at) != at) {
                return false;
            }
            int depth = 0;
            do {
                if (text.indexOf("/*", at) == at) {
                    depth++;
                    at += 2;
                } else if (text.indexOf("*/", at) == at) {
                    depth--;
                    at += 2;
                } else {
                    at++;
                }
            } while (depth > 0 && at < text.length());
            return true;
        }

        private boolean quoted(char quote) {
            if (quote != '\'' && quote != '"') {
                return false;
            }
            boolean escapes =
                    quote == '\''
                            && at > 0
                            && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E')
                            && (at == 1 || !isWordPart(text.charAt(at - 2)));
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c == '\\' && escapes) {
                    at++;
                } else if (c == quote) {
                    // A doubled quote begins the next part of the same string: no matter here.
                    return true;
                }
            }
            at = text.length();
            return true;
        }

        private boolean dollarQuoted(char c) {
            if (c != '$' || at > 0 && isWordPart(text.charAt(at - 1))) {
                return false;
            }
            int tagEnd = at + 1;
            while (tagEnd < text.length() && isWordPart(text.charAt(tagEnd))) {
                tagEnd++;
            }
            boolean parameter = at + 1 < text.length() && isDigit(text.charAt(at + 1));
            if (parameter || tagEnd >= text.length() || text.charAt(tagEnd) != '$') {
                return false;
            }
            String tag = text.substring(at, tagEnd + 1);
            int end = text.indexOf(tag, tagEnd + 1);
            at = end < 0 ? text.length() : end + tag.length();
            return true;
        }

        private boolean word(char c) {
            if (!isWordPart(c)) {
                return false;
            }
            int end = at;
            while (end < text.length()
                    && (isWordPart(text.charAt(end)) || text.charAt(end) == '$')) {
                end++;
            }
            String word = text.substring(at, end).toUpperCase(Locale.ROOT);
            // An E before a quote belongs to the string.
            at = end;
            words++;
            if (words == 1) {
                creates = word.equals("CREATE");
            } else if (creates
                    && words <= 4
                    && (word.equals("PROCEDURE") || word.equals("FUNCTION"))) {
                routine = true;
            } else if (routine && (word.equals("BEGIN") || word.equals("CASE") && blocks > 0)) {
                blocks++;
            } else if (routine && word.equals("END") && blocks > 0) {
                blocks--;
            }
            return true;
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private static boolean isWordPart(char c) {
            return c == '_' || Character.isLetterOrDigit(c);
        }
    }
}
