package io.faraddb.engine.sql.function.text;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;

/** What the flags of a regular expression ask for, those inside of it too. */
final class RegularExpressionOptions {

    private static final String DIRECTOR = "***";

    private boolean caseInsensitive;
    private boolean literal;
    private boolean expanded;
    private boolean dotStopsAtNewline;
    private boolean anchorsMatchAtNewline;

    RegularExpressionOptions(String flags) {
        for (int i = 0; i < flags.length(); i++) {
            if (!apply(flags.charAt(i))) {
                throw invalidFlag(flags.substring(i, i + 1));
            }
        }
    }

    static SqlException invalidFlag(String flag) {
        return new SqlException(
                ErrorCode.INVALID_PARAMETER_VALUE,
                "invalid regular expression option: \"" + flag + "\"");
    }

    private boolean apply(char flag) {
        switch (flag) {
            case 'c' -> caseInsensitive = false;
            case 'i' -> caseInsensitive = true;
            case 'q' -> literal = true;
            case 'x' -> expanded = true;
            case 't' -> expanded = false;
            case 'e' -> {
                // An extended expression is an advanced one but for rare escapes.
            }
            case 'b' -> throw SqlException.unsupported("a basic regular expression");
            case 'm', 'n' -> newlines(true, true);
            case 'p' -> newlines(true, false);
            case 's' -> newlines(false, false);
            case 'w' -> newlines(false, true);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void newlines(boolean dot, boolean anchors) {
        dotStopsAtNewline = dot;
        anchorsMatchAtNewline = anchors;
    }

    /** Reads what stands before an expression to say how it is meant; gives the rest. */
    String takePrefix(String text) {
        String rest = text;
        if (literal) {
            return rest;
        }
        if (rest.startsWith(DIRECTOR + "=")) {
            literal = true;
            return rest.substring(DIRECTOR.length() + 1);
        }
        if (rest.startsWith(DIRECTOR + ":")) {
            rest = rest.substring(DIRECTOR.length() + 1);
        } else if (rest.startsWith(DIRECTOR)) {
            throw RegularExpression.invalid("quantifier operand invalid");
        }
        int close = rest.indexOf(')');
        boolean embedded = rest.startsWith("(?") && close > 2;
        for (int i = 2; embedded && i < close; i++) {
            embedded = Character.isLetter(rest.charAt(i));
        }
        if (!embedded) {
            return rest;
        }
        for (int i = 2; i < close; i++) {
            if (!apply(rest.charAt(i))) {
                throw RegularExpression.invalid("invalid embedded option");
            }
        }
        return rest.substring(close + 1);
    }

    boolean caseInsensitive() {
        return caseInsensitive;
    }

    boolean literal() {
        return literal;
    }

    boolean expanded() {
        return expanded;
    }

    boolean dotStopsAtNewline() {
        return dotStopsAtNewline;
    }

    boolean anchorsMatchAtNewline() {
        return anchorsMatchAtNewline;
    }
}
