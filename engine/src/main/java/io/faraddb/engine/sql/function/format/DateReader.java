package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.format.DateSource.Number;
import io.faraddb.engine.sql.function.format.Picture.Kind;
import io.faraddb.engine.sql.function.format.Picture.Node;
import java.util.List;
import java.util.Locale;

/** Reads a text by a picture of a date, as to_date and to_timestamp do. */
final class DateReader {

    private static final List<String> HALVES = List.of("am", "pm");
    private static final List<String> HALVES_DOTTED = List.of("a.m.", "p.m.");
    private static final List<String> ERAS = List.of("ad", "bc");
    private static final List<String> ERAS_DOTTED = List.of("a.d.", "b.c.");
    private static final int MICROS_DIGITS = 6;
    private static final int MILLIS_DIGITS = 3;

    private final List<Node> nodes;
    private final DateSource source;
    private final DateParts parts = new DateParts();
    private boolean fixed;
    // Characters skipped beyond those that the picture asked for.
    private int skipped;

    private DateReader(List<Node> nodes, String text) {
        this.nodes = nodes;
        this.source = new DateSource(text);
    }

    static DateParts read(String text, String format) {
        DateReader reader = new DateReader(Picture.ofDate(format, DateFields.KEYWORDS), text);
        reader.run();
        return reader.parts;
    }

    private void run() {
        for (int i = 0; i < nodes.size() && !source.isAtEnd(); i++) {
            Node node = nodes.get(i);
            boolean marker = node.isField() && node.text().equalsIgnoreCase("FX");
            if (!fixed && !marker && (node.isField() || i == 0)) {
                skipped += source.skipSpaces();
            }
            if (node.kind() == Kind.SPACE || node.kind() == Kind.SEPARATOR) {
                separator();
            } else if (node.kind() == Kind.TEXT) {
                if (!fixed && skipped > 0) {
                    skipped--;
                } else {
                    source.skipOne();
                }
            } else {
                field(node, isOpen(i));
                if (!fixed) {
                    skipped = source.skipSpaces();
                }
            }
        }
    }

    private void separator() {
        if (fixed) {
            source.skipOne();
            return;
        }
        skipped--;
        char c = source.peek();
        if (Picture.isSpace(c) || Picture.isSeparator(c)) {
            source.skipOne();
            skipped++;
        }
    }

    /** Whether a field's digits end where something else begins rather than by their number. */
    private boolean isOpen(int index) {
        Node node = nodes.get(index);
        if (node.fill() || node.ordinal() != null || index + 1 == nodes.size()) {
            return true;
        }
        Node next = nodes.get(index + 1);
        if (next.isField()) {
            return !DateFields.isDigits(next.text());
        }
        char c = next.text().charAt(0);
        return c < '0' || c > '9';
    }

    private void field(Node node, boolean open) {
        String upper = node.text().toUpperCase(Locale.ROOT);
        parts.use(upper);
        switch (upper) {
            case "FX" -> fixed = true;
            case "A.M.", "P.M." -> half(node, HALVES_DOTTED);
            case "AM", "PM" -> half(node, HALVES);
            case "A.D.", "B.C." ->
                    parts.set(DateParts.Field.ERA, source.name(node, ERAS_DOTTED), node);
            case "AD", "BC" -> parts.set(DateParts.Field.ERA, source.name(node, ERAS), node);
            case "MONTH" -> month(node, DateFields.MONTHS);
            case "MON" -> month(node, shortened(DateFields.MONTHS));
            case "RM" ->
                    parts.set(
                            DateParts.Field.MONTH,
                            12 - source.name(node, DateFields.ROMAN_MONTHS),
                            node);
            case "DAY" -> day(node, DateFields.DAYS);
            case "DY" -> day(node, shortened(DateFields.DAYS));
            case "TZ", "OF" ->
                    throw new SqlException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "formatting field \""
                                    + node.text()
                                    + "\" is only supported in to_char");
            case "TZH" -> zoneHour(node, open);
            case "TZM" -> {
                parts.zoneSign(1, false);
                parts.set(DateParts.Field.ZONE_MINUTE, source.number(node, 2, open).value(), node);
            }
            default -> number(node, upper, open);
        }
        if (node.ordinal() != null) {
            source.skipOne();
            source.skipOne();
        }
    }

    private void half(Node node, List<String> names) {
        parts.set(DateParts.Field.HALF, source.name(node, names), node);
        parts.halfClock();
    }

    private void month(Node node, List<String> names) {
        parts.set(DateParts.Field.MONTH, source.name(node, names) + 1, node);
    }

    private void day(Node node, List<String> names) {
        parts.set(DateParts.Field.DAY_OF_WEEK, source.name(node, names) + 1, node);
    }

    private static List<String> shortened(List<String> names) {
        return names.stream().map(name -> name.substring(0, DateFields.SHORT_NAME_LENGTH)).toList();
    }

    private void zoneHour(Node node, boolean open) {
        char c = source.peek();
        if (c == '+' || c == '-' || c == ' ') {
            parts.zoneSign(c == '-' ? -1 : 1, true);
            source.skipOne();
        } else {
            // The minus may have been taken for a separator.
            parts.zoneSign(skipped > 0 && source.previous() == '-' ? -1 : 1, true);
        }
        parts.set(DateParts.Field.ZONE_HOUR, source.number(node, 2, open).value(), node);
    }

    private void number(Node node, String upper, boolean open) {
        switch (upper) {
            case "HH", "HH12" -> {
                set(DateParts.Field.HOUR, node, 2, open);
                parts.halfClock();
            }
            case "HH24" -> set(DateParts.Field.HOUR, node, 2, open);
            case "MI" -> set(DateParts.Field.MINUTE, node, 2, open);
            case "SS" -> set(DateParts.Field.SECOND, node, 2, open);
            case "SSSS", "SSSSS" -> set(DateParts.Field.SECOND_OF_DAY, node, upper.length(), open);
            case "MS" -> fraction(DateParts.Field.MILLIS, node, MILLIS_DIGITS, MILLIS_DIGITS, open);
            case "US" -> fraction(DateParts.Field.MICROS, node, MICROS_DIGITS, MICROS_DIGITS, open);
            case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6" -> {
                int digits = upper.charAt(2) - '0';
                fraction(DateParts.Field.MICROS, node, digits, MICROS_DIGITS, open);
                parts.fractionDigits(digits);
            }
            case "MM" -> set(DateParts.Field.MONTH, node, 2, open);
            case "DD" -> set(DateParts.Field.DAY, node, 2, open);
            case "DDD" -> set(DateParts.Field.DAY_OF_YEAR, node, 3, open);
            case "IDDD" -> set(DateParts.Field.DAY_OF_YEAR, node, 3, open);
            case "D" -> set(DateParts.Field.DAY_OF_WEEK, node, 1, open);
            case "ID" -> {
                // Counted from Monday here, from Sunday within.
                int isoDay = source.number(node, 1, open).value();
                parts.set(DateParts.Field.DAY_OF_WEEK, isoDay == 7 ? 1 : isoDay + 1, node);
            }
            case "WW", "IW" -> set(DateParts.Field.WEEK, node, 2, open);
            case "W" -> set(DateParts.Field.WEEK_OF_MONTH, node, 1, open);
            case "Q" -> source.number(node, 1, open);
            case "CC" -> set(DateParts.Field.CENTURY, node, 2, open);
            case "J" -> set(DateParts.Field.JULIAN_DAY, node, 1, open);
            default -> year(node, upper, open);
        }
    }

    private void set(DateParts.Field field, Node node, int length, boolean open) {
        parts.set(field, source.number(node, length, open).value(), node);
    }

    /** 25 is .25 and so is 250; 025 is .025. */
    private void fraction(DateParts.Field field, Node node, int length, int digits, boolean open) {
        Number number = source.number(node, length, open);
        long value = number.value();
        for (int i = number.length(); i < digits; i++) {
            value *= 10;
        }
        parts.set(field, (int) value, node);
    }

    private void year(Node node, String upper, boolean open) {
        if (upper.equals("Y,YYY")) {
            parts.year(source.yearWithComma(), 4, node);
            return;
        }
        int length = upper.length();
        Number number = source.number(node, length, open);
        boolean partial = length < 4 && number.length() < 4;
        parts.year(partial ? completed(number.value()) : number.value(), length, node);
    }

    /** The year next to 2020 that ends in these digits. */
    private static int completed(int year) {
        if (year < 70) {
            return year + 2000;
        }
        if (year < 100) {
            return year + 1900;
        }
        if (year < 520) {
            return year + 2000;
        }
        return year < 1000 ? year + 1000 : year;
    }
}
