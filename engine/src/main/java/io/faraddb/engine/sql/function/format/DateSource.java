package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.format.Picture.Node;
import java.util.List;
import java.util.Locale;

/** A text that a picture of a date is read from, with the place that has been reached. */
final class DateSource {

    private static final String FIXED_WIDTH_HINT =
            "If your source string is not fixed-width, try using the \"FM\" modifier.";

    private final String text;
    private int at;

    DateSource(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    char peek() {
        return isAtEnd() ? '\0' : text.charAt(at);
    }

    /** What stands before the place that has been reached. */
    char previous() {
        return at > 0 ? text.charAt(at - 1) : '\0';
    }

    void skipOne() {
        if (!isAtEnd()) {
            at += Character.charCount(text.codePointAt(at));
        }
    }

    int skipSpaces() {
        int start = at;
        while (!isAtEnd() && Picture.isSpace(text.charAt(at))) {
            at++;
        }
        return at - start;
    }

    static SqlException invalid(String message) {
        return new SqlException(ErrorCode.INVALID_DATETIME_FORMAT, message);
    }

    /** A whole number and how many characters it took. */
    record Number(int value, int length) {}

    /**
     * @param length of the field
     * @param open whether more digits than that may follow
     */
    Number number(Node node, int length, boolean open) {
        skipSpaces();
        int start = at;
        String available = text.substring(at, Math.min(text.length(), at + length));
        if (!open && text.length() - at < length) {
            throw invalid("source string too short for \"" + node.text() + "\" formatting field")
                    .detail(
                            "Field requires "
                                    + length
                                    + " characters, but only "
                                    + (text.length() - at)
                                    + " remain.")
                    .hint(FIXED_WIDTH_HINT);
        }
        int end = numberEnd(open ? text.length() : at + length);
        int used = end - at;
        if (!open && used > 0 && used < length) {
            throw invalidValue(available, node)
                    .detail(
                            "Field requires "
                                    + length
                                    + " characters, but only "
                                    + used
                                    + " could be parsed.")
                    .hint(FIXED_WIDTH_HINT);
        }
        if (used == 0) {
            throw invalidValue(available, node).detail("Value must be an integer.");
        }
        String digits = text.substring(at, end);
        at = end;
        return new Number(value(digits.strip(), node), at - start);
    }

    private static SqlException invalidValue(String value, Node node) {
        return invalid("invalid value \"" + value + "\" for \"" + node.text() + "\"");
    }

    /** As C's strtol reads it: a sign, then digits. */
    private int numberEnd(int limit) {
        int end = at;
        if (end < limit && (text.charAt(end) == '-' || text.charAt(end) == '+')) {
            end++;
        }
        int digits = end;
        while (end < limit && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == digits ? at : end;
    }

    private static int value(String digits, Node node) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw new SqlException(
                            ErrorCode.DATETIME_FIELD_OVERFLOW,
                            "value for \"" + node.text() + "\" in source string is out of range")
                    .detail("Value must be in the range -2147483648 to 2147483647.");
        }
    }

    /** The place of the name that stands here, in any case. */
    int name(Node node, List<String> names) {
        String rest = text.substring(at).toLowerCase(Locale.ROOT);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (rest.startsWith(name.toLowerCase(Locale.ROOT))) {
                at += name.length();
                return i;
            }
        }
        int end = at;
        while (end < text.length() && !Picture.isSpace(text.charAt(end))) {
            end++;
        }
        throw invalidValue(text.substring(at, end), node)
                .detail("The given value did not match any of the allowed values for this field.");
    }

    /** {@code 2,024}: the thousands and the rest of a year. */
    int yearWithComma() {
        int comma = text.indexOf(',', at);
        int end = comma + 1;
        while (comma > 0 && end < text.length() && end <= comma + 3 && isDigit(end)) {
            end++;
        }
        boolean right = comma > at && end > comma + 1;
        for (int i = at; right && i < comma; i++) {
            right = isDigit(i) && comma - at < 7;
        }
        if (!right) {
            throw invalid("invalid input string for \"Y,YYY\"");
        }
        int year =
                Integer.parseInt(text.substring(at, comma)) * 1000
                        + Integer.parseInt(text.substring(comma + 1, end));
        at = end;
        return year;
    }

    private boolean isDigit(int index) {
        return text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }
}
