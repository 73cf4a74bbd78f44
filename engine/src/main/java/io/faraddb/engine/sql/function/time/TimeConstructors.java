package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.DateTimeText;
import io.faraddb.engine.type.Interval;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** make_date and its like, zones, and spans that overlap. */
public final class TimeConstructors implements FunctionSource {

    /** Hours of an offset from Greenwich. */
    private static final int ZONE_SECONDS_MAX = 18 * 3600;

    @Override
    public void define(Definitions definitions) {
        makes(definitions);
        makeIntervals(definitions);
        zones(definitions);
        epoch(definitions);
        for (String type : new String[] {"time", "timestamp", "timestamptz"}) {
            Overlap.define(definitions, type);
        }
    }

    private static void makes(Definitions to) {
        to.define(
                "make_date(int4, int4, int4) -> date",
                (Long year, Long month, Long day) -> makeDate(year, month, day));
        to.define(
                "make_time(int4, int4, float8) -> time",
                (Long hour, Long minute, Double second) -> makeTime(hour, minute, second));
        String parts = "(int4, int4, int4, int4, int4, float8";
        to.general(
                "make_timestamp" + parts + ") -> timestamp",
                (arguments, context) -> makeTimestamp(arguments));
        to.general(
                "make_timestamptz" + parts + ") -> timestamptz stable",
                (arguments, context) -> Times.toMoment(makeTimestamp(arguments), context.zone()));
        to.general(
                "make_timestamptz" + parts + ", text) -> timestamptz stable",
                (arguments, context) ->
                        Times.toMoment(
                                makeTimestamp(arguments),
                                ZoneNames.find((String) Objects.requireNonNull(arguments[6]))));
        to.define(
                "timestamp(date, time) -> timestamp",
                (Long date, Long time) -> TimeOperators.dateAndTime(date, time));
        to.general(
                "timestamptz(date, time) -> timestamptz stable",
                (arguments, context) ->
                        Times.toMoment(
                                TimeOperators.dateAndTime(whole(arguments[0]), whole(arguments[1])),
                                context.zone()));
    }

    private static long whole(@Nullable Object argument) {
        return (Long) Objects.requireNonNull(argument);
    }

    private static double fraction(@Nullable Object argument) {
        return (Double) Objects.requireNonNull(argument);
    }

    private static long makeDate(long year, long month, long day) {
        try {
            if (year == 0) {
                throw new DateTimeException("no year 0");
            }
            int astronomical = Math.toIntExact(year < 0 ? year + 1 : year);
            LocalDate date = LocalDate.of(astronomical, (int) month, (int) day);
            long days = date.toEpochDay();
            if (days < DateTimeText.DATE_MIN || days > DateTimeText.DATE_MAX) {
                throw Times.overflow("date out of range: %d-%02d-%02d".formatted(year, month, day));
            }
            return days;
        } catch (DateTimeException | ArithmeticException e) {
            throw Times.overflow(
                    "date field value out of range: %d-%02d-%02d".formatted(year, month, day));
        }
    }

    private static long makeTime(long hour, long minute, double second) {
        boolean last = hour == 24 && minute == 0 && second == 0;
        boolean wrong =
                hour < 0
                        || (hour > 23 && !last)
                        || minute < 0
                        || minute > 59
                        || !(second >= 0)
                        || second > 60;
        if (wrong) {
            throw Times.overflow(
                    "time field value out of range: %d:%02d:%s"
                            .formatted(hour, minute, seconds(second)));
        }
        return hour * Times.MICROS_PER_HOUR
                + minute * Times.MICROS_PER_MINUTE
                + Math.round(second * Times.MICROS_PER_SECOND);
    }

    private static String seconds(double second) {
        String text = TextFormat.format(SqlType.DOUBLE, second);
        return second >= 0 && second < 10 ? "0" + text : text;
    }

    private static long makeTimestamp(@Nullable Object[] arguments) {
        long date = makeDate(whole(arguments[0]), whole(arguments[1]), whole(arguments[2]));
        long time = makeTime(whole(arguments[3]), whole(arguments[4]), fraction(arguments[5]));
        return Times.checkTimestamp(Times.toTimestamp(date) + time);
    }

    private static void makeIntervals(Definitions to) {
        StringBuilder parameters = new StringBuilder();
        for (int i = 0; i <= 7; i++) {
            to.general(
                    "make_interval(" + parameters + ") -> interval",
                    (arguments, context) -> makeInterval(arguments));
            parameters.append(i == 0 ? "" : ", ").append(i == 6 ? "float8" : "int4");
        }
    }

    private static Interval makeInterval(@Nullable Object[] arguments) {
        long[] parts = new long[6];
        for (int i = 0; i < Math.min(6, arguments.length); i++) {
            parts[i] = whole(arguments[i]);
        }
        double seconds = arguments.length > 6 ? fraction(arguments[6]) : 0;
        if (!Double.isFinite(seconds)) {
            throw Intervals.outOfRange();
        }
        long months = parts[0] * 12 + parts[1];
        long days = parts[2] * 7 + parts[3];
        long micros = parts[4] * Times.MICROS_PER_HOUR + parts[5] * Times.MICROS_PER_MINUTE;
        if (months != (int) months || days != (int) days) {
            throw Intervals.outOfRange();
        }
        return new Interval(
                (int) months, (int) days, micros + Math.round(seconds * Times.MICROS_PER_SECOND));
    }

    private static void zones(Definitions to) {
        to.define(
                "timezone(text, timestamptz) -> timestamp",
                (String zone, Long moment) -> Times.toLocal(moment, ZoneNames.find(zone)));
        to.define(
                "timezone(text, timestamp) -> timestamptz",
                (String zone, Long local) -> Times.toMoment(local, ZoneNames.find(zone)));
        to.define(
                "timezone(interval, timestamptz) -> timestamp",
                (Interval offset, Long moment) -> Times.toLocal(moment, zone(offset)));
        to.define(
                "timezone(interval, timestamp) -> timestamptz",
                (Interval offset, Long local) -> Times.toMoment(local, zone(offset)));
    }

    private static ZoneId zone(Interval offset) {
        if (offset.months() != 0 || offset.days() != 0) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "interval time zone \""
                            + TextFormat.format(SqlType.INTERVAL, offset)
                            + "\" must not include months or days");
        }
        long seconds = offset.micros() / Times.MICROS_PER_SECOND;
        if (Math.abs(seconds) > ZONE_SECONDS_MAX) {
            throw Times.timestampOutOfRange();
        }
        return ZoneOffset.ofTotalSeconds((int) seconds);
    }

    private static void epoch(Definitions to) {
        to.define("to_timestamp(float8) -> timestamptz", (Double seconds) -> moment(seconds));
    }

    private static long moment(double seconds) {
        if (Double.isNaN(seconds)) {
            throw Times.overflow("timestamp cannot be NaN");
        }
        if (Double.isInfinite(seconds)) {
            return seconds > 0 ? DateTimeText.INFINITY : DateTimeText.MINUS_INFINITY;
        }
        double micros = Math.rint(seconds * Times.MICROS_PER_SECOND);
        if (micros < DateTimeText.TIMESTAMP_MIN || micros > DateTimeText.TIMESTAMP_MAX) {
            throw Times.overflow(
                    "timestamp out of range: \""
                            + TextFormat.format(SqlType.DOUBLE, seconds)
                            + "\"");
        }
        return (long) micros;
    }
}
