package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.DateTimeText;
import io.faraddb.engine.type.Interval;
import io.faraddb.engine.type.TypeKind;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** date_trunc() and date_bin(). */
final class Truncation {

    private Truncation() {}

    static long ofTimestamp(String name, long timestamp) {
        TimeUnit unit = find(name, TypeKind.TIMESTAMP);
        return Times.isInfinite(timestamp) ? timestamp : truncate(unit, timestamp);
    }

    static long ofMoment(String name, long moment, ZoneId zone) {
        TimeUnit unit = find(name, TypeKind.TIMESTAMPTZ);
        if (Times.isInfinite(moment)) {
            return moment;
        }
        long offset = DateTimeText.offsetSeconds(moment, zone) * Times.MICROS_PER_SECOND;
        long local = truncate(unit, moment + offset);
        // Below a day the clocks can't be set differently in between.
        return unit.compareTo(TimeUnit.DAY) < 0
                ? local - offset
                : DateTimeText.toMoment(local, zone);
    }

    /** Not every unit that can be extracted is one to cut to. */
    private static TimeUnit find(String name, TypeKind kind) {
        TimeUnit unit = TimeUnit.find(name, kind);
        return switch (unit) {
            case JULIAN, ISO_YEAR, DAY_OF_WEEK, ISO_DAY_OF_WEEK, DAY_OF_YEAR, EPOCH ->
                    throw TimeUnit.unrecognized(name, kind);
            case ZONE, ZONE_HOUR, ZONE_MINUTE -> throw TimeUnit.unsupported(name, kind);
            default -> unit;
        };
    }

    private static long truncate(TimeUnit unit, long local) {
        long size = size(unit);
        if (size > 0) {
            return Math.floorDiv(local, size) * size;
        }
        return Times.midnight(truncate(unit, Times.date(local)));
    }

    /** Microseconds of a unit; 0 for those that the calendar makes. */
    private static long size(TimeUnit unit) {
        return switch (unit) {
            case MICROSECONDS -> 1;
            case MILLISECONDS -> 1000;
            case SECOND -> Times.MICROS_PER_SECOND;
            case MINUTE -> Times.MICROS_PER_MINUTE;
            case HOUR -> Times.MICROS_PER_HOUR;
            case DAY -> Times.MICROS_PER_DAY;
            default -> 0;
        };
    }

    private static LocalDate truncate(TimeUnit unit, LocalDate date) {
        int year = date.getYear();
        return switch (unit) {
            case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> date.withDayOfMonth(1);
            case QUARTER -> LocalDate.of(year, (date.getMonthValue() - 1) / 3 * 3 + 1, 1);
            case YEAR -> LocalDate.of(year, 1, 1);
            case DECADE -> LocalDate.of(Math.floorDiv(year, 10) * 10, 1, 1);
            case CENTURY -> LocalDate.of(Math.floorDiv(year - 1, 100) * 100 + 1, 1, 1);
            case MILLENNIUM -> LocalDate.of(Math.floorDiv(year - 1, 1000) * 1000 + 1, 1, 1);
            default -> throw new IllegalStateException("a unit of time: " + unit);
        };
    }

    static Interval ofInterval(String name, Interval span) {
        TimeUnit unit = find(name, TypeKind.INTERVAL);
        int months = span.months();
        return switch (unit) {
            case MILLENNIUM -> months(months / 12_000 * 12_000);
            case CENTURY -> months(months / 1200 * 1200);
            case DECADE -> months(months / 120 * 120);
            case YEAR -> months(months / 12 * 12);
            case QUARTER -> months(months / 3 * 3);
            case MONTH -> months(months);
            case DAY -> new Interval(months, span.days(), 0);
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR -> {
                long size = size(unit);
                yield new Interval(months, span.days(), span.micros() / size * size);
            }
            default -> {
                if (unit == TimeUnit.WEEK) {
                    throw TimeUnit.unsupported(name, TypeKind.INTERVAL)
                            .detail("Months usually have fractional weeks.");
                }
                throw TimeUnit.unsupported(name, TypeKind.INTERVAL);
            }
        };
    }

    private static Interval months(int months) {
        return new Interval(months, 0, 0);
    }

    /** The start of the stride that a moment lies in, strides being counted from an origin. */
    static long bin(Interval stride, long moment, long origin) {
        if (Times.isInfinite(moment)) {
            return moment;
        }
        if (Times.isInfinite(origin)) {
            throw Times.overflow("origin out of range");
        }
        if (stride.months() != 0) {
            throw new SqlException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "timestamps cannot be binned into intervals containing months or years");
        }
        long size = stride.days() * Times.MICROS_PER_DAY + stride.micros();
        if (size <= 0) {
            throw Times.overflow("stride must be greater than zero");
        }
        return origin + Math.floorDiv(moment - origin, size) * size;
    }
}
