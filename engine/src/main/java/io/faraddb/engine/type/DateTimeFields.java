package io.faraddb.engine.type;

import io.faraddb.engine.type.DateTimeParser.Look;
import io.faraddb.engine.type.DateTimeParser.Part;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cuts the text of a date or time into fields by the look of their characters. */
final class DateTimeFields {

    /** Fields that a text may have. */
    private static final int FIELDS_MAX = 25;

    private final String text;
    private int at;

    private DateTimeFields(String text) {
        this.text = text;
    }

    /** What {@link #plain} gives for other forms. */
    static final int NOT_PLAIN = Integer.MIN_VALUE;

    /**
     * Reads the form in which nearly all come, fast: 2024-01-02, and for timestamps 2024-01-02
     * 03:04:05 with a fraction or without.
     *
     * @return days or microseconds; {@link #NOT_PLAIN} for any other form or a bad date
     */
    static long plain(TypeKind kind, String text) {
        int length = text.length();
        boolean withTime = kind != TypeKind.DATE;
        if (withTime ? length < 19 || length > 26 || length == 20 : length != 10) {
            return NOT_PLAIN;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean fits =
                    switch (i) {
                        case 4, 7 -> c == '-';
                        case 10 -> c == ' ';
                        case 13, 16 -> c == ':';
                        case 19 -> c == '.';
                        default -> isDigit(c);
                    };
            if (!fits) {
                return NOT_PLAIN;
            }
        }
        int year = two(text, 0) * 100 + two(text, 2);
        int month = two(text, 5);
        int day = two(text, 8);
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > days(year, month)) {
            return NOT_PLAIN;
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        if (!withTime) {
            return days;
        }
        int hour = two(text, 11);
        int minute = two(text, 14);
        int second = two(text, 17);
        if (hour > 23 || minute > 59 || second > 59) {
            return NOT_PLAIN;
        }
        int micros = 0;
        for (int i = 20; i < 26; i++) {
            micros = micros * 10 + (i < length ? text.charAt(i) - '0' : 0);
        }
        return days * DateTimeText.MICROS_PER_DAY
                + ((hour * 60L + minute) * 60 + second) * DateTimeText.MICROS_PER_SECOND
                + micros;
    }

    private static int days(int year, int month) {
        return Month.of(month).length(Year.isLeap(year));
    }

    private static int two(String text, int at) {
        return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
    }

    /**
     * @param text in lower case
     * @return null if some character has no place
     */
    static @Nullable List<Part> split(String text) {
        return new DateTimeFields(text).run();
    }

    private @Nullable List<Part> run() {
        List<Part> parts = new ArrayList<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (TextFormat.isSpace(c)) {
                at++;
                continue;
            }
            Part part;
            if (isDigit(c) || c == '.') {
                part = number();
            } else if (isLetter(c)) {
                part = word();
            } else if (c == '+' || c == '-') {
                part = signed();
            } else if (isIgnored(c)) {
                at++;
                continue;
            } else {
                return null;
            }
            if (part == null || parts.size() == FIELDS_MAX) {
                return null;
            }
            parts.add(part);
        }
        return parts;
    }

    private Part number() {
        int start = at;
        digits();
        char c = peek();
        if (c == ':') {
            skip(":.");
            return new Part(Look.TIME, text.substring(start, at));
        }
        if (c != '-' && c != '/' && c != '.') {
            return new Part(Look.NUMBER, text.substring(start, at));
        }
        at++;
        if (!isDigit(peek())) {
            boolean letters = isLetter(peek());
            while (isDigit(peek()) || isLetter(peek()) || peek() == c) {
                at++;
            }
            Look look = letters || c != '.' ? Look.DATE : Look.NUMBER;
            return new Part(look, text.substring(start, at));
        }
        digits();
        if (peek() == c) {
            while (isDigit(peek()) || peek() == c) {
                at++;
            }
            return new Part(Look.DATE, text.substring(start, at));
        }
        return new Part(c == '.' ? Look.NUMBER : Look.DATE, text.substring(start, at));
    }

    private Part word() {
        int start = at;
        while (isLetter(peek())) {
            at++;
        }
        char c = peek();
        boolean more = c == '-' || c == '/' || c == '.';
        if (c == '+' || isDigit(c)) {
            // "t10:00" is two fields, "etc/gmt+8" and "gmt+8" one.
            String word = text.substring(start, at);
            more = TimeZoneNames.abbreviation(word) == null && !word.equals("t");
            more = more && c == '+';
        }
        if (!more) {
            return new Part(Look.WORD, text.substring(start, at));
        }
        while (isDigit(peek()) || isLetter(peek()) || "+-/_.:".indexOf(peek()) >= 0) {
            at++;
        }
        return new Part(Look.DATE, text.substring(start, at));
    }

    private @Nullable Part signed() {
        char sign = text.charAt(at);
        at++;
        while (TextFormat.isSpace(peek())) {
            at++;
        }
        int start = at;
        if (isDigit(peek())) {
            skip(":.-");
            return new Part(Look.SIGNED, sign + text.substring(start, at));
        }
        if (!isLetter(peek())) {
            return null;
        }
        while (isLetter(peek())) {
            at++;
        }
        return new Part(Look.SIGNED_WORD, sign + text.substring(start, at));
    }

    private void digits() {
        while (isDigit(peek())) {
            at++;
        }
    }

    private void skip(String others) {
        while (isDigit(peek()) || others.indexOf(peek()) >= 0) {
            at++;
        }
    }

    /** The next character; NUL at the end, which is neither of those looked for. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isIgnored(char c) {
        return c < 128 && c > ' ' && !isDigit(c) && !isLetter(c);
    }
}
