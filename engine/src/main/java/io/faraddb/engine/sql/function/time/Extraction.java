package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.number.Numerics;
import io.faraddb.engine.type.DateTimeText;
import io.faraddb.engine.type.Interval;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import org.jspecify.annotations.Nullable;

/** extract() and date_part(). */
final class Extraction {

    private static final int SECOND_SCALE = 6;
    private static final int MILLISECOND_SCALE = 3;
    private static final LocalDate JULIAN_DAY_ZERO = LocalDate.of(-4713, 11, 24);
    private static final long SECONDS_PER_DAY = 86_400;

    private Extraction() {}

    static @Nullable BigDecimal ofDate(String name, long date) {
        TimeUnit unit = TimeUnit.find(name, TypeKind.DATE);
        switch (unit) {
            case MICROSECONDS, MILLISECONDS, SECOND, MINUTE, HOUR, ZONE, ZONE_HOUR, ZONE_MINUTE ->
                    throw TimeUnit.unsupported(name, TypeKind.DATE);
            default -> {}
        }
        if (Times.isInfinite(date)) {
            return ofInfinity(unit);
        }
        return switch (unit) {
            case EPOCH -> BigDecimal.valueOf(date * SECONDS_PER_DAY);
            case JULIAN -> BigDecimal.valueOf(julianDay(LocalDate.ofEpochDay(date)));
            default -> BigDecimal.valueOf(ofCalendar(unit, LocalDate.ofEpochDay(date)));
        };
    }

    static BigDecimal ofTime(String name, long time) {
        TimeUnit unit = TimeUnit.find(name, TypeKind.TIME);
        BigDecimal value = ofTimeOfDay(unit, time);
        if (value != null) {
            return value;
        }
        if (unit == TimeUnit.EPOCH) {
            return BigDecimal.valueOf(time, SECOND_SCALE);
        }
        throw TimeUnit.unsupported(name, TypeKind.TIME);
    }

    /**
     * @param zone null for a timestamp without one
     */
    static @Nullable BigDecimal ofTimestamp(String name, long value, @Nullable ZoneId zone) {
        TypeKind kind = zone == null ? TypeKind.TIMESTAMP : TypeKind.TIMESTAMPTZ;
        TimeUnit unit = TimeUnit.find(name, kind);
        boolean zoned =
                unit == TimeUnit.ZONE || unit == TimeUnit.ZONE_HOUR || unit == TimeUnit.ZONE_MINUTE;
        if (zoned && zone == null) {
            throw TimeUnit.unsupported(name, kind);
        }
        if (Times.isInfinite(value)) {
            return ofInfinity(unit);
        }
        int offset = zone == null ? 0 : DateTimeText.offsetSeconds(value, zone);
        long local = value + offset * Times.MICROS_PER_SECOND;
        BigDecimal time = ofTimeOfDay(unit, Times.timeOfDay(local));
        if (time != null) {
            return time;
        }
        return switch (unit) {
            case EPOCH -> BigDecimal.valueOf(value, SECOND_SCALE);
            case JULIAN -> julian(local);
            case ZONE -> BigDecimal.valueOf(offset);
            case ZONE_HOUR -> BigDecimal.valueOf(offset / 3600);
            case ZONE_MINUTE -> BigDecimal.valueOf(offset / 60 % 60);
            default -> BigDecimal.valueOf(ofCalendar(unit, Times.date(local)));
        };
    }

    /** What always moves on is infinite, too; what repeats is null. */
    private static @Nullable BigDecimal ofInfinity(TimeUnit unit) {
        return switch (unit) {
            case YEAR, DECADE, CENTURY, MILLENNIUM, JULIAN, ISO_YEAR, EPOCH ->
                    throw SqlException.unsupported("infinity as a numeric")
                            .hint("date_part() gives it as double precision.");
            default -> null;
        };
    }

    static boolean isMonotonic(TimeUnit unit) {
        return switch (unit) {
            case YEAR, DECADE, CENTURY, MILLENNIUM, JULIAN, ISO_YEAR, EPOCH -> true;
            default -> false;
        };
    }

    private static @Nullable BigDecimal ofTimeOfDay(TimeUnit unit, long time) {
        return switch (unit) {
            case MICROSECONDS -> BigDecimal.valueOf(time % Times.MICROS_PER_MINUTE);
            case MILLISECONDS ->
                    BigDecimal.valueOf(time % Times.MICROS_PER_MINUTE, MILLISECOND_SCALE);
            case SECOND -> BigDecimal.valueOf(time % Times.MICROS_PER_MINUTE, SECOND_SCALE);
            case MINUTE -> BigDecimal.valueOf(time / Times.MICROS_PER_MINUTE % 60);
            case HOUR -> BigDecimal.valueOf(time / Times.MICROS_PER_HOUR);
            default -> null;
        };
    }

    private static long ofCalendar(TimeUnit unit, LocalDate date) {
        int year = date.getYear();
        // There is no year 0: the one before 1 is -1.
        int shown = year > 0 ? year : year - 1;
        return switch (unit) {
            case DAY -> date.getDayOfMonth();
            case WEEK -> date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTH -> date.getMonthValue();
            case QUARTER -> (date.getMonthValue() - 1) / 3 + 1;
            case YEAR -> shown;
            case DECADE -> Math.floorDiv(year, 10);
            case CENTURY -> shown > 0 ? (shown + 99) / 100 : -((99 - shown) / 100);
            case MILLENNIUM -> shown > 0 ? (shown + 999) / 1000 : -((999 - shown) / 1000);
            case ISO_YEAR -> {
                int isoYear = date.get(IsoFields.WEEK_BASED_YEAR);
                yield isoYear > 0 ? isoYear : isoYear - 1;
            }
            case DAY_OF_WEEK -> date.getDayOfWeek().getValue() % 7;
            case ISO_DAY_OF_WEEK -> date.getDayOfWeek().getValue();
            case DAY_OF_YEAR -> date.getDayOfYear();
            default -> throw new IllegalStateException("a unit of time: " + unit);
        };
    }

    static long julianDay(LocalDate date) {
        return ChronoUnit.DAYS.between(JULIAN_DAY_ZERO, date);
    }

    private static BigDecimal julian(long local) {
        BigDecimal fraction =
                Numerics.divide(
                        BigDecimal.valueOf(Times.timeOfDay(local)),
                        BigDecimal.valueOf(Times.MICROS_PER_DAY));
        return BigDecimal.valueOf(julianDay(Times.date(local))).add(fraction);
    }

    static BigDecimal ofInterval(String name, Interval span) {
        TimeUnit unit = TimeUnit.find(name, TypeKind.INTERVAL);
        int years = span.months() / 12;
        return switch (unit) {
            case DAY -> BigDecimal.valueOf(span.days());
            case MONTH -> BigDecimal.valueOf(span.months() % 12);
            case QUARTER -> BigDecimal.valueOf(span.months() % 12 / 3 + 1);
            case YEAR -> BigDecimal.valueOf(years);
            case DECADE -> BigDecimal.valueOf(years / 10);
            case CENTURY -> BigDecimal.valueOf(years / 100);
            case MILLENNIUM -> BigDecimal.valueOf(years / 1000);
            case EPOCH -> {
                // Years of 365.25 days, counted in quarters of a day.
                long quarters = years * 1461L + span.months() % 12 * 120L + span.days() * 4L;
                BigDecimal seconds = BigDecimal.valueOf(quarters * (SECONDS_PER_DAY / 4));
                yield seconds.add(BigDecimal.valueOf(span.micros(), SECOND_SCALE));
            }
            default -> {
                BigDecimal value = ofTimeOfDay(unit, span.micros());
                if (value == null) {
                    throw TimeUnit.unsupported(name, TypeKind.INTERVAL);
                }
                yield value;
            }
        };
    }

    /** date_part(): some units add a fraction to a whole number in floating point. */
    static double asDouble(TimeUnit unit, BigDecimal exact, long timeOfDay) {
        long micros = timeOfDay % Times.MICROS_PER_SECOND;
        long seconds = timeOfDay / Times.MICROS_PER_SECOND;
        return switch (unit) {
            case SECOND -> seconds % 60 + micros / 1e6;
            case MILLISECONDS -> seconds % 60 * 1000.0 + micros / 1000.0;
            case JULIAN ->
                    exact.setScale(0, java.math.RoundingMode.FLOOR).doubleValue()
                            + (seconds + micros / 1e6) / SECONDS_PER_DAY;
            default -> exact.doubleValue();
        };
    }
}
