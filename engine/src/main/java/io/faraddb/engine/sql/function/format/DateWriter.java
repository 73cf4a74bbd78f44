package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.format.Picture.Node;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Objects;

/** to_char of a timestamp or interval. */
final class DateWriter {

    private static final LocalDate JULIAN_DAY_ZERO = LocalDate.of(-4713, 11, 24);
    private static final int ROMAN_WIDTH = 4;

    /** By how many digits of the second are shown. */
    private static final int[] MICROS_PER_DIGIT = {1_000_000, 100_000, 10_000, 1000, 100, 10, 1};

    private final BrokenTime time;
    private final StringBuilder out = new StringBuilder();

    private DateWriter(BrokenTime time) {
        this.time = time;
    }

    static String write(BrokenTime time, String format) {
        DateWriter writer = new DateWriter(time);
        for (Node node : Picture.ofDate(format, DateFields.KEYWORDS)) {
            if (node.isField()) {
                writer.field(node);
            } else {
                writer.out.append(node.text());
            }
        }
        return writer.out.toString();
    }

    private void field(Node node) {
        String upper = node.text().toUpperCase(Locale.ROOT);
        switch (upper) {
            case "A.M.", "P.M." -> half(node, "A.M.", "P.M.");
            case "AM", "PM" -> half(node, "AM", "PM");
            case "A.D.", "B.C." -> era(node, "A.D.", "B.C.");
            case "AD", "BC" -> era(node, "AD", "BC");
            case "HH", "HH12", "HH24", "MI", "SS", "SSSS", "SSSSS", "MS", "US" ->
                    clock(node, upper);
            case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6" -> {
                int digits = upper.charAt(2) - '0';
                number(node, time.micros() / MICROS_PER_DIGIT[digits], digits);
            }
            case "TZ", "TZH", "TZM", "OF" -> zone(node, upper);
            case "MONTH", "MON", "RM", "DAY", "DY" -> name(node, upper);
            case "Q", "MM", "WW", "IW", "DDD", "IDDD", "DD", "D", "ID", "W", "J" ->
                    calendar(node, upper);
            case "FX" -> {
                // It only matters when a text is read.
            }
            default -> year(node, upper);
        }
    }

    private static String inCase(Node node, String text) {
        boolean lower = Character.isLowerCase(node.text().charAt(0));
        return lower ? text.toLowerCase(Locale.ROOT) : text;
    }

    private void half(Node node, String morning, String evening) {
        out.append(inCase(node, time.hour() % 24 >= 12 ? evening : morning));
    }

    private void era(Node node, String after, String before) {
        refuseInterval();
        out.append(inCase(node, time.year() > 0 ? after : before));
    }

    private void refuseInterval() {
        if (time.isInterval()) {
            throw new SqlException(
                            ErrorCode.INVALID_DATETIME_FORMAT,
                            "invalid format specification for an interval value")
                    .hint("Intervals are not tied to specific calendar dates.");
        }
    }

    /** With zeros before it, one more place for a minus, and st, nd, rd or th behind it. */
    private void number(Node node, long value, int width) {
        String digits = Long.toString(Math.abs(value));
        if (value < 0) {
            out.append('-');
        }
        if (!node.fill()) {
            out.repeat("0", Math.max(0, width - digits.length()));
        }
        out.append(digits);
        ordinal(node, digits);
    }

    private void ordinal(Node node, String digits) {
        String wanted = node.ordinal();
        if (wanted != null) {
            String suffix = Ordinals.suffix(digits);
            out.append(wanted.equals("TH") ? suffix.toUpperCase(Locale.ROOT) : suffix);
        }
    }

    private void clock(Node node, String upper) {
        switch (upper) {
            case "HH24" -> number(node, time.hour(), 2);
            case "MI" -> number(node, time.minute(), 2);
            case "SS" -> number(node, time.second(), 2);
            case "MS" -> number(node, time.micros() / 1000, 3);
            case "US" -> number(node, time.micros(), 6);
            case "SSSS", "SSSSS" ->
                    number(node, time.hour() * 3600 + time.minute() * 60 + time.second(), 0);
            default -> number(node, time.hour() % 12 == 0 ? 12 : time.hour() % 12, 2);
        }
    }

    private void zone(Node node, String upper) {
        refuseInterval();
        int size = Math.abs(time.offset());
        char sign = time.offset() < 0 ? '-' : '+';
        switch (upper) {
            case "TZ" -> out.append(inCase(node, time.zone()));
            case "TZM" -> out.append("%02d".formatted(size / 60 % 60));
            default -> {
                boolean short0 = node.fill() && upper.equals("OF") && size < 36_000;
                out.append(sign).append(short0 ? "" : size < 36_000 ? "0" : "");
                out.append(size / 3600);
                if (upper.equals("OF") && size % 3600 != 0) {
                    out.append(":%02d".formatted(size / 60 % 60));
                }
            }
        }
    }

    private void name(Node node, String upper) {
        if (upper.equals("RM")) {
            romanMonth(node);
            return;
        }
        refuseInterval();
        boolean month = upper.startsWith("M");
        String name =
                month
                        ? DateFields.MONTHS.get(time.month() - 1)
                        : DateFields.DAYS.get(time.dayOfWeek());
        boolean shortened = upper.equals("MON") || upper.equals("DY");
        if (shortened) {
            name = name.substring(0, DateFields.SHORT_NAME_LENGTH);
        }
        String written = node.text();
        if (written.equals(upper)) {
            name = name.toUpperCase(Locale.ROOT);
        } else if (Character.isLowerCase(written.charAt(0))) {
            name = name.toLowerCase(Locale.ROOT);
        }
        out.append(name);
        if (!shortened && !node.fill() && !node.translated()) {
            out.repeat(" ", DateFields.NAME_WIDTH - name.length());
        }
    }

    private void romanMonth(Node node) {
        if (time.month() == 0 && time.year() == 0) {
            return;
        }
        int place;
        if (time.month() == 0) {
            place = time.year() >= 0 ? 0 : 11;
        } else {
            place = time.month() < 0 ? -time.month() - 1 : 12 - time.month();
        }
        String roman = inCase(node, DateFields.ROMAN_MONTHS.get(place));
        out.append(roman);
        if (!node.fill()) {
            out.repeat(" ", ROMAN_WIDTH - roman.length());
        }
    }

    private void calendar(Node node, String upper) {
        LocalDate date = time.date();
        switch (upper) {
            case "MM" -> number(node, time.month(), 2);
            case "DD" -> number(node, time.day(), 2);
            case "DDD" -> number(node, time.dayOfYear(), 3);
            case "WW" -> number(node, (time.dayOfYear() - 1) / 7 + 1, 2);
            case "W" -> number(node, (time.day() - 1) / 7 + 1, 0);
            case "Q" -> {
                if (time.month() != 0) {
                    number(node, (time.month() - 1) / 3 + 1, 0);
                }
            }
            default -> {
                if (date == null) {
                    intervalCalendar(node, upper);
                    return;
                }
                weekCalendar(node, upper, Objects.requireNonNull(date));
            }
        }
    }

    private void intervalCalendar(Node node, String upper) {
        if (upper.equals("D") || upper.equals("ID")) {
            refuseInterval();
        }
        // What the others count is that of no date in particular.
        throw SqlException.unsupported("\"" + node.text() + "\" in a format of an interval");
    }

    private void weekCalendar(Node node, String upper, LocalDate date) {
        int isoDay = date.getDayOfWeek().getValue();
        int week = date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
        switch (upper) {
            case "D" -> number(node, time.dayOfWeek() + 1, 0);
            case "ID" -> number(node, isoDay, 0);
            case "IW" -> number(node, week, 2);
            case "IDDD" -> number(node, (week - 1) * 7L + isoDay, 3);
            default -> number(node, ChronoUnit.DAYS.between(JULIAN_DAY_ZERO, date), 0);
        }
    }

    private void year(Node node, String upper) {
        int shown = upper.startsWith("I") ? time.shownIsoYear() : time.shownYear();
        switch (upper) {
            case "CC" -> century(node);
            case "Y,YYY" -> {
                String digits = "%d,%03d".formatted(shown / 1000, shown % 1000);
                out.append(digits);
                ordinal(node, digits);
            }
            case "YYYY", "IYYY" -> number(node, shown, 4);
            case "YYY", "IYY" -> number(node, shown % 1000, 3);
            case "YY", "IY" -> number(node, shown % 100, 2);
            default -> number(node, shown % 10, 1);
        }
    }

    private void century(Node node) {
        int year = time.year();
        int century;
        if (time.isInterval()) {
            century = year / 100;
        } else {
            century = year > 0 ? (year - 1) / 100 + 1 : year / 100 - 1;
        }
        number(node, century, Math.abs(century) <= 99 ? 2 : 0);
    }
}
