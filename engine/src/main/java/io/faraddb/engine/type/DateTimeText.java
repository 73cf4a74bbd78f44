package io.faraddb.engine.type;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * Dates and times as text in the ISO style, and the calendar arithmetic that goes with it. The
 * calendar is the Gregorian one for all of time, as in PostgreSQL.
 */
public final class DateTimeText {

    /** As a date, a timestamp or a timestamptz: before all others. */
    public static final long MINUS_INFINITY = Long.MIN_VALUE;

    /** As a date, a timestamp or a timestamptz: after all others. */
    public static final long INFINITY = Long.MAX_VALUE;

    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_DAY = 86_400_000_000L;

    /** 4714-11-24 BC and 5874897-12-31 in days since 1970. */
    public static final long DATE_MIN = LocalDate.of(-4713, 11, 24).toEpochDay();

    public static final long DATE_MAX = LocalDate.of(5_874_897, 12, 31).toEpochDay();

    /**
     * The first and last microsecond of a timestamp: 4714-11-24 BC and the end of 294246, which is
     * 30 years less than PostgreSQL has, since it counts from 2000.
     */
    public static final long TIMESTAMP_MIN = DATE_MIN * MICROS_PER_DAY;

    public static final long TIMESTAMP_MAX =
            LocalDate.of(294_247, 1, 1).toEpochDay() * MICROS_PER_DAY - 1;

    private static final int FRACTION_DIGITS = 6;

    private DateTimeText() {}

    static Long parse(TypeKind kind, String text, FormatSettings settings) {
        return DateTimeParser.parse(kind, text, settings);
    }

    static boolean isInfinite(long value) {
        return value == INFINITY || value == MINUS_INFINITY;
    }

    private static String infinity(long value) {
        return value == INFINITY ? "infinity" : "-infinity";
    }

    static String formatDate(long days) {
        if (isInfinite(days)) {
            return infinity(days);
        }
        StringBuilder out = new StringBuilder(16);
        LocalDate date = LocalDate.ofEpochDay(days);
        appendDate(out, date);
        return appendEra(out, date).toString();
    }

    static String formatTime(long micros) {
        StringBuilder out = new StringBuilder(16);
        appendTime(out, micros);
        return out.toString();
    }

    static String formatTimestamp(long micros) {
        if (isInfinite(micros)) {
            return infinity(micros);
        }
        StringBuilder out = new StringBuilder(32);
        LocalDate date = appendTimestamp(out, micros);
        return appendEra(out, date).toString();
    }

    static String formatTimestampTz(long micros, ZoneId zone) {
        if (isInfinite(micros)) {
            return infinity(micros);
        }
        int offset = offsetSeconds(micros, zone);
        StringBuilder out = new StringBuilder(40);
        LocalDate date = appendTimestamp(out, micros + offset * MICROS_PER_SECOND);
        out.append(offset < 0 ? '-' : '+');
        int size = Math.abs(offset);
        append2(out, size / 3600);
        if (size % 3600 != 0) {
            append2(out.append(':'), size / 60 % 60);
        }
        if (size % 60 != 0) {
            append2(out.append(':'), size % 60);
        }
        return appendEra(out, date).toString();
    }

    private static LocalDate appendTimestamp(StringBuilder out, long micros) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
        appendDate(out, date);
        out.append(' ');
        appendTime(out, Math.floorMod(micros, MICROS_PER_DAY));
        return date;
    }

    private static void appendDate(StringBuilder out, LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        for (int limit = 1000; limit > 1 && year < limit; limit /= 10) {
            out.append('0');
        }
        out.append(year).append('-');
        append2(out, date.getMonthValue());
        append2(out.append('-'), date.getDayOfMonth());
    }

    private static StringBuilder appendEra(StringBuilder out, LocalDate date) {
        return date.getYear() > 0 ? out : out.append(" BC");
    }

    /** Hours, minutes, seconds and the fraction without zeros at its end. */
    static void appendTime(StringBuilder out, long micros) {
        int seconds = (int) (micros / MICROS_PER_SECOND);
        append2(out, seconds / 3600);
        append2(out.append(':'), seconds / 60 % 60);
        append2(out.append(':'), seconds % 60);
        appendFraction(out, (int) (micros % MICROS_PER_SECOND));
    }

    static void appendFraction(StringBuilder out, int micros) {
        if (micros == 0) {
            return;
        }
        out.append('.');
        int rest = micros;
        int limit = (int) MICROS_PER_SECOND / 10;
        for (int i = 0; i < FRACTION_DIGITS && rest != 0; i++) {
            out.append((char) ('0' + rest / limit));
            rest %= limit;
            limit /= 10;
        }
    }

    static void append2(StringBuilder out, int number) {
        if (number < 10) {
            out.append('0');
        }
        out.append(number);
    }

    /** How far a zone's clocks are ahead of UTC at a moment. */
    public static int offsetSeconds(long micros, ZoneId zone) {
        if (zone instanceof ZoneOffset fixed) {
            return fixed.getTotalSeconds();
        }
        Instant moment = Instant.ofEpochSecond(Math.floorDiv(micros, MICROS_PER_SECOND));
        return zone.getRules().getOffset(moment).getTotalSeconds();
    }

    /**
     * The moment at which a zone's clocks show a time. Where they are put forward over it the
     * offset before counts, where they show it twice the later of the two.
     *
     * @param local microseconds since 1970-01-01T00:00:00 without a zone, finite
     * @return microseconds since 1970-01-01T00:00:00Z
     */
    public static long toMoment(long local, ZoneId zone) {
        if (zone instanceof ZoneOffset fixed) {
            return local - fixed.getTotalSeconds() * MICROS_PER_SECOND;
        }
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(local, MICROS_PER_SECOND), 0, ZoneOffset.UTC);
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        ZoneOffset offset;
        if (offsets.isEmpty()) {
            ZoneOffsetTransition gap = zone.getRules().getTransition(time);
            offset = gap.getOffsetBefore();
        } else {
            offset = offsets.getLast();
        }
        return local - offset.getTotalSeconds() * MICROS_PER_SECOND;
    }

    /**
     * What a zone's clocks show at a moment.
     *
     * @param moment microseconds since 1970-01-01T00:00:00Z, finite
     */
    public static long toLocal(long moment, ZoneId zone) {
        return moment + offsetSeconds(moment, zone) * MICROS_PER_SECOND;
    }

    /**
     * A zone as SET TimeZone and AT TIME ZONE name it: a region in any case, an abbreviation, or
     * hours east of Greenwich with a sign.
     *
     * @throws SqlException 22023 if there is none of that name
     */
    public static ZoneId zone(String name) {
        ZoneId zone = TimeZoneNames.find(name);
        if (zone == null) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" not recognized");
        }
        return zone;
    }
}
