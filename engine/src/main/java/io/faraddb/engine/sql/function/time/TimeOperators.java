package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.Interval;
import java.time.ZoneId;
import java.util.Objects;

/** + - * / of dates, times and intervals. */
public final class TimeOperators implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        dates(definitions);
        times(definitions);
        timestamps(definitions);
        moments(definitions);
        intervals(definitions);
    }

    private static void dates(Definitions to) {
        to.define("+(date, int4) -> date", (Long date, Long days) -> Times.addDays(date, days));
        to.define("+(int4, date) -> date", (Long days, Long date) -> Times.addDays(date, days));
        to.define("-(date, int4) -> date", (Long date, Long days) -> Times.addDays(date, -days));
        to.define("-(date, date) -> int4", (Long a, Long b) -> Times.daysBetween(b, a));
        to.define(
                "+(date, interval) -> timestamp",
                (Long date, Interval span) -> Times.add(Times.toTimestamp(date), span));
        to.define(
                "+(interval, date) -> timestamp",
                (Interval span, Long date) -> Times.add(Times.toTimestamp(date), span));
        to.define(
                "-(date, interval) -> timestamp",
                (Long date, Interval span) ->
                        Times.add(Times.toTimestamp(date), Intervals.negate(span)));
        to.define("+(date, time) -> timestamp", (Long date, Long time) -> dateAndTime(date, time));
        to.define("+(time, date) -> timestamp", (Long time, Long date) -> dateAndTime(date, time));
    }

    static long dateAndTime(long date, long time) {
        long midnight = Times.toTimestamp(date);
        return Times.isInfinite(midnight) ? midnight : Times.checkTimestamp(midnight + time);
    }

    private static void times(Definitions to) {
        to.define("-(time, time) -> interval", (Long a, Long b) -> new Interval(0, 0, a - b));
        to.define(
                "+(time, interval) -> time",
                (Long time, Interval span) -> Times.addToTime(time, span));
        to.define(
                "+(interval, time) -> time",
                (Interval span, Long time) -> Times.addToTime(time, span));
        to.define(
                "-(time, interval) -> time",
                (Long time, Interval span) -> Times.addToTime(time, Intervals.negate(span)));
    }

    private static void timestamps(Definitions to) {
        to.define(
                "+(timestamp, interval) -> timestamp",
                (Long timestamp, Interval span) -> Times.add(timestamp, span));
        to.define(
                "+(interval, timestamp) -> timestamp",
                (Interval span, Long timestamp) -> Times.add(timestamp, span));
        to.define(
                "-(timestamp, interval) -> timestamp",
                (Long timestamp, Interval span) -> Times.add(timestamp, Intervals.negate(span)));
        to.define("-(timestamp, timestamp) -> interval", (Long a, Long b) -> Times.between(b, a));
        to.define(
                "-(timestamptz, timestamptz) -> interval", (Long a, Long b) -> Times.between(b, a));
    }

    private static void moments(Definitions to) {
        to.general(
                "+(timestamptz, interval) -> timestamptz stable",
                (arguments, context) -> add(arguments[0], (Interval) arguments[1], context.zone()));
        to.general(
                "+(interval, timestamptz) -> timestamptz stable",
                (arguments, context) -> add(arguments[1], (Interval) arguments[0], context.zone()));
        to.general(
                "-(timestamptz, interval) -> timestamptz stable",
                (arguments, context) ->
                        add(
                                arguments[0],
                                Intervals.negate((Interval) Objects.requireNonNull(arguments[1])),
                                context.zone()));
    }

    private static long add(
            @org.jspecify.annotations.Nullable Object moment,
            @org.jspecify.annotations.Nullable Interval span,
            ZoneId zone) {
        return Times.add((Long) Objects.requireNonNull(moment), Objects.requireNonNull(span), zone);
    }

    private static void intervals(Definitions to) {
        to.define("-(interval) -> interval", (Interval a) -> Intervals.negate(a));
        to.define(
                "+(interval, interval) -> interval",
                (Interval a, Interval b) -> Intervals.add(a, b));
        to.define(
                "-(interval, interval) -> interval",
                (Interval a, Interval b) -> Intervals.subtract(a, b));
        to.define(
                "*(interval, float8) -> interval",
                (Interval a, Double factor) -> Intervals.multiply(a, factor));
        to.define(
                "*(float8, interval) -> interval",
                (Double factor, Interval a) -> Intervals.multiply(a, factor));
        to.define(
                "/(interval, float8) -> interval",
                (Interval a, Double divisor) -> Intervals.divide(a, divisor));
    }
}
