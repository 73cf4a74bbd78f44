package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.format.Picture.Node;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a text said of a date, and the date that comes of it. */
final class DateParts {

    private static final LocalDate JULIAN_DAY_ZERO = LocalDate.of(-4713, 11, 24);
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int ZONE_HOURS_MAX = 15;
    private static final int MICROS_DIGITS = 6;

    /** What a field of a picture sets. */
    enum Field {
        HALF,
        ERA,
        HOUR,
        MINUTE,
        SECOND,
        SECOND_OF_DAY,
        MILLIS,
        MICROS,
        MONTH,
        DAY,
        DAY_OF_YEAR,
        DAY_OF_WEEK,
        WEEK,
        WEEK_OF_MONTH,
        CENTURY,
        JULIAN_DAY,
        YEAR,
        ZONE_HOUR,
        ZONE_MINUTE
    }

    private final Map<Field, Integer> values = new EnumMap<>(Field.class);
    private boolean halfClock;
    private boolean gregorian;
    private boolean isoWeeks;
    private int yearDigits;
    private int zoneSign;
    private int fractionDigits = MICROS_DIGITS;

    void set(Field field, int value, Node node) {
        Integer before = values.get(field);
        if (before != null && before != 0 && before != value) {
            throw DateSource.invalid(
                            "conflicting values for \""
                                    + node.text()
                                    + "\" field in formatting string")
                    .detail("This value contradicts a previous setting for the same field type.");
        }
        values.put(field, value);
    }

    void year(int year, int digits, Node node) {
        set(Field.YEAR, year, node);
        yearDigits = digits;
    }

    void halfClock() {
        halfClock = true;
    }

    /** Digits of the second that a timestamp is rounded to. */
    void fractionDigits(int digits) {
        fractionDigits = digits;
    }

    /** The microseconds with no more digits than the picture asked for. */
    long rounded(long micros) {
        long unit = 1;
        for (int i = fractionDigits; i < MICROS_DIGITS; i++) {
            unit *= 10;
        }
        return Math.floorDiv(micros + unit / 2, unit) * unit;
    }

    /** The first sign counts unless told otherwise. */
    void zoneSign(int sign, boolean override) {
        if (override || zoneSign == 0) {
            zoneSign = sign;
        }
    }

    /** Notes which of the two calendars of weeks a field belongs to. */
    void use(String field) {
        switch (field) {
            case "IYYY", "IYY", "IY", "I", "IDDD", "ID", "IW" -> isoWeeks = true;
            case "DDD", "DD", "D", "MM", "MONTH", "MON", "RM", "WW", "W" -> gregorian = true;
            case "Y,YYY", "YYYY", "YYY", "YY", "Y" -> gregorian = true;
            default -> {}
        }
        if (gregorian && isoWeeks) {
            throw DateSource.invalid("invalid combination of date conventions")
                    .hint(
                            "Do not mix Gregorian and ISO week date conventions in a formatting"
                                    + " template.");
        }
    }

    private int get(Field field) {
        return values.getOrDefault(field, 0);
    }

    static SqlException outOfRange(String text) {
        return new SqlException(
                ErrorCode.DATETIME_FIELD_OVERFLOW,
                "date/time field value out of range: \"" + text + "\"");
    }

    /** Null unless the text named one. */
    @Nullable ZoneOffset zone(String text) {
        if (zoneSign == 0) {
            return null;
        }
        int hours = get(Field.ZONE_HOUR);
        int minutes = get(Field.ZONE_MINUTE);
        if (hours < 0 || hours > ZONE_HOURS_MAX || minutes < 0 || minutes > 59) {
            throw new SqlException(
                    ErrorCode.INVALID_TIME_ZONE_DISPLACEMENT,
                    "time zone displacement out of range: \"" + text + "\"");
        }
        return ZoneOffset.ofTotalSeconds(zoneSign * (hours * 3600 + minutes * 60));
    }

    /** Microseconds since midnight. */
    long timeOfDay(String text) {
        int secondOfDay = get(Field.SECOND_OF_DAY);
        int hour = values.containsKey(Field.HOUR) ? get(Field.HOUR) : secondOfDay / 3600;
        int minute = values.containsKey(Field.MINUTE) ? get(Field.MINUTE) : secondOfDay / 60 % 60;
        int second = values.containsKey(Field.SECOND) ? get(Field.SECOND) : secondOfDay % 60;
        if (halfClock) {
            hour = ofHalfClock(hour);
        }
        long micros = get(Field.MILLIS) * 1000L + get(Field.MICROS);
        boolean wrong =
                hour < 0
                        || hour > 23
                        || minute < 0
                        || minute > 59
                        || second < 0
                        || second > 59
                        || micros < 0
                        || micros >= MICROS_PER_SECOND;
        if (wrong) {
            throw outOfRange(text);
        }
        return (hour * 3600L + minute * 60L + second) * MICROS_PER_SECOND + micros;
    }

    private int ofHalfClock(int hour) {
        if (hour < 1 || hour > 12) {
            throw DateSource.invalid("hour \"" + hour + "\" is invalid for the 12-hour clock")
                    .hint("Use the 24-hour clock, or give an hour between 1 and 12.");
        }
        boolean afternoon = get(Field.HALF) == 1;
        return hour % 12 + (afternoon ? 12 : 0);
    }

    private int astronomicalYear() {
        int year = get(Field.YEAR);
        int century = get(Field.CENTURY);
        boolean before = get(Field.ERA) == 1;
        if (year == 0) {
            if (century == 0) {
                return 0;
            }
            int signed = before ? -century : century;
            return signed >= 0 ? (signed - 1) * 100 + 1 : signed * 100 + 1;
        }
        if (century != 0 && yearDigits <= 2) {
            return ofCentury(before ? -century : century, year % 100);
        }
        int signed = before ? -year : year;
        return signed < 0 ? signed + 1 : signed;
    }

    private static int ofCentury(int century, int year) {
        if (year == 0) {
            return century * 100 + (century >= 0 ? 0 : 1);
        }
        return century >= 0 ? year + (century - 1) * 100 : (century + 1) * 100 - year + 1;
    }

    LocalDate date(String text) {
        try {
            return date();
        } catch (DateTimeException e) {
            throw outOfRange(text);
        }
    }

    private LocalDate date() {
        int year = astronomicalYear();
        int month = 1;
        int day = 1;
        LocalDate known = null;
        int dayOfYear = get(Field.DAY_OF_YEAR);
        if (get(Field.JULIAN_DAY) != 0) {
            known = JULIAN_DAY_ZERO.plusDays(get(Field.JULIAN_DAY));
        }
        if (get(Field.WEEK) != 0) {
            if (isoWeeks) {
                known = ofIsoWeek(year);
            } else {
                dayOfYear = (get(Field.WEEK) - 1) * 7 + 1;
            }
        }
        if (known != null) {
            year = known.getYear();
            month = known.getMonthValue();
            day = known.getDayOfMonth();
        }
        if (get(Field.WEEK_OF_MONTH) != 0) {
            day = (get(Field.WEEK_OF_MONTH) - 1) * 7 + 1;
        }
        day = get(Field.DAY) != 0 ? get(Field.DAY) : day;
        month = get(Field.MONTH) != 0 ? get(Field.MONTH) : month;
        if (dayOfYear != 0 && (month <= 1 || day <= 1)) {
            return ofDayOfYear(year, month, day, dayOfYear);
        }
        return LocalDate.of(year, month, day);
    }

    /** The Monday of the week, or the day of it that was given. */
    private LocalDate ofIsoWeek(int year) {
        int dayOfWeek = get(Field.DAY_OF_WEEK);
        // From Sunday as 1 to Monday as 0.
        int days = dayOfWeek == 0 ? 0 : (dayOfWeek + 5) % 7;
        return firstMonday(year).plusDays((get(Field.WEEK) - 1) * 7L + days);
    }

    private static LocalDate firstMonday(int isoYear) {
        return LocalDate.of(isoYear, 1, 4).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private LocalDate ofDayOfYear(int year, int month, int day, int dayOfYear) {
        if (year == 0 && get(Field.ERA) == 0) {
            throw DateSource.invalid("cannot calculate day of year without year information");
        }
        if (isoWeeks) {
            return firstMonday(year).plusDays(dayOfYear - 1L);
        }
        LocalDate counted = LocalDate.ofYearDay(year, dayOfYear);
        return LocalDate.of(
                year,
                month <= 1 ? counted.getMonthValue() : month,
                day <= 1 ? counted.getDayOfMonth() : day);
    }
}
