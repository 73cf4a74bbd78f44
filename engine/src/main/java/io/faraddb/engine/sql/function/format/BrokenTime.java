package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.type.DateTimeText;
import io.faraddb.engine.type.Interval;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * A timestamp or interval in its parts.
 *
 * @param year astronomical: 0 is 1 BC
 * @param date null for an interval
 * @param offset seconds ahead of Greenwich
 * @param zone abbreviation; empty without a zone
 */
record BrokenTime(
        int year,
        int month,
        int day,
        long hour,
        int minute,
        int second,
        int micros,
        int dayOfYear,
        @Nullable LocalDate date,
        int offset,
        String zone) {

    private static final long MICROS_PER_SECOND = DateTimeText.MICROS_PER_SECOND;
    private static final long MICROS_PER_DAY = DateTimeText.MICROS_PER_DAY;

    static BrokenTime ofTimestamp(long local) {
        return of(local, 0, "");
    }

    static BrokenTime ofMoment(long moment, ZoneId zone) {
        int offset = DateTimeText.offsetSeconds(moment, zone);
        return of(moment + offset * MICROS_PER_SECOND, offset, abbreviation(moment, zone));
    }

    private static String abbreviation(long moment, ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            return offset.getTotalSeconds() == 0 ? "UTC" : offset.getId();
        }
        java.time.Instant instant =
                java.time.Instant.ofEpochSecond(Math.floorDiv(moment, MICROS_PER_SECOND));
        boolean summer = zone.getRules().isDaylightSavings(instant);
        String name =
                TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.SHORT, Locale.ENGLISH);
        return name.isEmpty() ? zone.getDisplayName(TextStyle.SHORT, Locale.ENGLISH) : name;
    }

    private static BrokenTime of(long local, int offset, String zone) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(local, MICROS_PER_DAY));
        long time = Math.floorMod(local, MICROS_PER_DAY);
        long seconds = time / MICROS_PER_SECOND;
        return new BrokenTime(
                date.getYear(),
                date.getMonthValue(),
                date.getDayOfMonth(),
                seconds / 3600,
                (int) (seconds / 60 % 60),
                (int) (seconds % 60),
                (int) (time % MICROS_PER_SECOND),
                date.getDayOfYear(),
                date,
                offset,
                zone);
    }

    static BrokenTime ofInterval(Interval span) {
        long seconds = span.micros() / MICROS_PER_SECOND;
        int year = span.months() / 12;
        int month = span.months() % 12;
        return new BrokenTime(
                year,
                month,
                span.days(),
                seconds / 3600,
                (int) (seconds / 60 % 60),
                (int) (seconds % 60),
                (int) (span.micros() % MICROS_PER_SECOND),
                (year * 12 + month) * 30 + span.days(),
                null,
                0,
                "");
    }

    boolean isInterval() {
        return date == null;
    }

    /** As people count years: there is none numbered 0. */
    int shownYear() {
        return isInterval() || year > 0 ? year : 1 - year;
    }

    /** The year of the ISO week, as people count it. */
    int shownIsoYear() {
        if (date == null) {
            return year;
        }
        int isoYear = date.get(IsoFields.WEEK_BASED_YEAR);
        return isoYear > 0 ? isoYear : 1 - isoYear;
    }

    /** 0 for Sunday. */
    int dayOfWeek() {
        return date == null ? 0 : date.getDayOfWeek().getValue() % 7;
    }
}
