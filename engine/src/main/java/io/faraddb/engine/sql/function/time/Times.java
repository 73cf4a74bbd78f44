package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.DateTimeText;
import io.faraddb.engine.type.Interval;
import java.time.LocalDate;
import java.time.ZoneId;

/** Arithmetic of dates and timestamps; infinite ones stay what they are. */
final class Times {

    static final long MICROS_PER_SECOND = DateTimeText.MICROS_PER_SECOND;
    static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    static final long MICROS_PER_DAY = DateTimeText.MICROS_PER_DAY;

    private Times() {}

    static boolean isInfinite(long value) {
        return value == DateTimeText.INFINITY || value == DateTimeText.MINUS_INFINITY;
    }

    static SqlException overflow(String message) {
        return new SqlException(ErrorCode.DATETIME_FIELD_OVERFLOW, message);
    }

    static SqlException timestampOutOfRange() {
        return overflow("timestamp out of range");
    }

    static long checkTimestamp(long micros) {
        if (micros < DateTimeText.TIMESTAMP_MIN || micros > DateTimeText.TIMESTAMP_MAX) {
            throw timestampOutOfRange();
        }
        return micros;
    }

    static long checkDate(long days) {
        if (days < DateTimeText.DATE_MIN || days > DateTimeText.DATE_MAX) {
            throw overflow("date out of range");
        }
        return days;
    }

    static LocalDate date(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
    }

    static long timeOfDay(long micros) {
        return Math.floorMod(micros, MICROS_PER_DAY);
    }

    static long midnight(LocalDate date) {
        return midnight(date.toEpochDay());
    }

    private static long midnight(long days) {
        if (Math.abs(days) > DateTimeText.DATE_MAX) {
            throw timestampOutOfRange();
        }
        long limit = DateTimeText.TIMESTAMP_MAX / MICROS_PER_DAY;
        if (days > limit) {
            throw timestampOutOfRange();
        }
        return days * MICROS_PER_DAY;
    }

    static long toTimestamp(long date) {
        if (isInfinite(date)) {
            return date;
        }
        if (date > DateTimeText.TIMESTAMP_MAX / MICROS_PER_DAY) {
            throw overflow("date out of range for timestamp");
        }
        return date * MICROS_PER_DAY;
    }

    static long addDays(long date, long days) {
        return isInfinite(date) ? date : checkDate(date + days);
    }

    static long daysBetween(long from, long to) {
        if (isInfinite(from) || isInfinite(to)) {
            throw overflow("cannot subtract infinite dates");
        }
        return to - from;
    }

    /** A timestamp without zone and an interval: months, then days, then the rest. */
    static long add(long timestamp, Interval interval) {
        if (isInfinite(timestamp)) {
            return timestamp;
        }
        long moved = addCalendar(timestamp, interval);
        return checkTimestamp(addExact(moved, interval.micros()));
    }

    /** As {@link #add}, months and days being those of a zone. */
    static long add(long moment, Interval interval, ZoneId zone) {
        if (isInfinite(moment)) {
            return moment;
        }
        long moved = moment;
        if (interval.months() != 0) {
            Interval months = new Interval(interval.months(), 0, 0);
            long local = DateTimeText.toLocal(moved, zone);
            moved = DateTimeText.toMoment(addCalendar(local, months), zone);
        }
        if (interval.days() != 0) {
            Interval days = new Interval(0, interval.days(), 0);
            long local = DateTimeText.toLocal(moved, zone);
            moved = DateTimeText.toMoment(addCalendar(local, days), zone);
        }
        return checkTimestamp(addExact(moved, interval.micros()));
    }

    private static long addExact(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw timestampOutOfRange();
        }
        return sum;
    }

    private static long addCalendar(long local, Interval interval) {
        if (interval.months() == 0 && interval.days() == 0) {
            return local;
        }
        LocalDate date = date(local);
        if (interval.months() != 0) {
            date = date.plusMonths(interval.months());
        }
        long days = date.toEpochDay() + interval.days();
        return checkTimestamp(addExact(midnight(days), timeOfDay(local)));
    }

    static Interval between(long from, long to) {
        if (isInfinite(from) || isInfinite(to)) {
            throw overflow("cannot subtract infinite timestamps");
        }
        return Intervals.justifyHours(new Interval(0, 0, to - from));
    }

    /** A time of day and an interval, around midnight as often as it takes. */
    static long addToTime(long time, Interval interval) {
        return Math.floorMod(time + interval.micros() % MICROS_PER_DAY, MICROS_PER_DAY);
    }

    static long toMoment(long local, ZoneId zone) {
        return isInfinite(local) ? local : checkTimestamp(DateTimeText.toMoment(local, zone));
    }

    static long toLocal(long moment, ZoneId zone) {
        return isInfinite(moment) ? moment : checkTimestamp(DateTimeText.toLocal(moment, zone));
    }

    /** The span in years, months and days as people count them. */
    static Interval age(long to, long from) {
        if (isInfinite(to) || isInfinite(from)) {
            throw timestampOutOfRange();
        }
        long later = Math.max(to, from);
        long earlier = Math.min(to, from);
        LocalDate laterDate = date(later);
        LocalDate earlierDate = date(earlier);
        long micros = timeOfDay(later) - timeOfDay(earlier);
        int days = laterDate.getDayOfMonth() - earlierDate.getDayOfMonth();
        long months =
                (laterDate.getYear() - earlierDate.getYear()) * 12L
                        + laterDate.getMonthValue()
                        - earlierDate.getMonthValue();
        if (micros < 0) {
            micros += MICROS_PER_DAY;
            days--;
        }
        if (days < 0) {
            // The days of the month that the span begins in.
            days += earlierDate.lengthOfMonth();
            months--;
        }
        if (days < 0) {
            days += earlierDate.lengthOfMonth();
            months--;
        }
        Interval span = new Interval((int) months, days, micros);
        return to >= from ? span : Intervals.negate(span);
    }
}
