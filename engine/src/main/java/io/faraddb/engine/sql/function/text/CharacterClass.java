package io.faraddb.engine.sql.function.text;

/** A bracket expression such as {@code [^a-z[:digit:]]}, written for Java. */
final class CharacterClass {

    private static final String DELIMITERS = ":.=";

    private final String text;
    private final boolean negatedStopsAtNewline;
    private final StringBuilder out = new StringBuilder("[");
    private int at;
    // The character just read; -1 if it was a class.
    private int code;

    /**
     * @param start place of the opening bracket
     */
    CharacterClass(String text, int start, boolean negatedStopsAtNewline) {
        this.text = text;
        this.at = start + 1;
        this.negatedStopsAtNewline = negatedStopsAtNewline;
    }

    /** Place behind the closing bracket. */
    int end() {
        return at;
    }

    String translate() {
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
            out.append('^');
            if (negatedStopsAtNewline) {
                out.append("\\n");
            }
        }
        boolean first = true;
        while (first || peek() != ']') {
            first = false;
            element();
        }
        at++;
        return out.append(']').toString();
    }

    private char peek() {
        if (at >= text.length()) {
            throw RegularExpression.invalid("brackets [] not balanced");
        }
        return text.charAt(at);
    }

    private void element() {
        String java = single();
        int from = code;
        boolean range = peek() == '-' && at + 1 < text.length() && text.charAt(at + 1) != ']';
        if (!range) {
            out.append(java);
            return;
        }
        at++;
        String last = single();
        if (from < 0 || code < 0 || from > code) {
            throw RegularExpression.invalid("invalid character range");
        }
        out.append(java).append('-').append(last);
    }

    private String single() {
        char c = peek();
        if (c == '[' && at + 1 < text.length() && DELIMITERS.indexOf(text.charAt(at + 1)) >= 0) {
            return named();
        }
        if (c == '\\') {
            CharacterEscape escape = CharacterEscape.parse(text, at);
            at = escape.end();
            code = escape.code();
            return escape.java().startsWith("^") ? "[" + escape.java() + "]" : escape.java();
        }
        code = text.codePointAt(at);
        at += Character.charCount(code);
        return RegularExpressionTranslator.quoted(code);
    }

    /** {@code [:class:]}, {@code [.x.]} or {@code [=x=]}. */
    private String named() {
        char delimiter = text.charAt(at + 1);
        int end = text.indexOf(delimiter + "]", at + 2);
        if (end < 0) {
            throw RegularExpression.invalid("brackets [] not balanced");
        }
        String name = text.substring(at + 2, end);
        at = end + 2;
        if (delimiter == ':') {
            code = -1;
            return members(name);
        }
        if (name.isEmpty() || name.codePointCount(0, name.length()) > 1) {
            throw RegularExpression.invalid("invalid collating element");
        }
        code = name.codePointAt(0);
        return RegularExpressionTranslator.quoted(code);
    }

    private static String members(String name) {
        return switch (name) {
            case "alpha" -> "\\p{IsAlphabetic}";
            case "alnum" -> "\\p{IsAlphabetic}\\p{IsDigit}";
            case "digit" -> "0-9";
            case "xdigit" -> "0-9A-Fa-f";
            case "lower" -> "\\p{IsLowercase}";
            case "upper" -> "\\p{IsUppercase}";
            case "space" -> "\\s";
            case "blank" -> " \\t";
            case "punct" -> "\\p{Punct}\\p{IsPunctuation}";
            case "cntrl" -> "\\p{Cntrl}";
            case "graph" -> "\\p{Graph}[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]";
            case "print" -> "\\p{Print}[\\p{L}\\p{M}\\p{N}\\p{P}\\p{S}]";
            case "word" -> RegularExpressionTranslator.WORD;
            default -> throw RegularExpression.invalid("invalid character class");
        };
    }
}
