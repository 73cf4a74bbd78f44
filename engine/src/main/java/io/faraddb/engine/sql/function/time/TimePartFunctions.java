package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.DateTimeText;
import io.faraddb.engine.type.Interval;
import io.faraddb.engine.type.TypeKind;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** extract, date_part, date_trunc and what else takes times apart. */
public final class TimePartFunctions implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        extracts(definitions);
        parts(definitions);
        truncations(definitions);
        justifications(definitions);
        tests(definitions);
    }

    private static void extracts(Definitions to) {
        to.define(
                "extract(text, date) -> numeric",
                (String unit, Long date) -> Extraction.ofDate(unit, date));
        to.define(
                "extract(text, time) -> numeric",
                (String unit, Long time) -> Extraction.ofTime(unit, time));
        to.define(
                "extract(text, timestamp) -> numeric",
                (String unit, Long timestamp) -> Extraction.ofTimestamp(unit, timestamp, null));
        to.general(
                "extract(text, timestamptz) -> numeric stable",
                (arguments, context) ->
                        Extraction.ofTimestamp(
                                text(arguments[0]), number(arguments[1]), context.zone()));
        to.define(
                "extract(text, interval) -> numeric",
                (String unit, Interval span) -> Extraction.ofInterval(unit, span));
    }

    private static String text(@Nullable Object argument) {
        return (String) Objects.requireNonNull(argument);
    }

    private static long number(@Nullable Object argument) {
        return (Long) Objects.requireNonNull(argument);
    }

    private static void parts(Definitions to) {
        to.define(
                "date_part(text, date) -> float8",
                (String unit, Long date) ->
                        ofTimestamp(unit, Times.toTimestamp(date), null, TypeKind.DATE));
        to.define(
                "date_part(text, time) -> float8",
                (String name, Long time) ->
                        Extraction.asDouble(
                                TimeUnit.find(name, TypeKind.TIME),
                                Extraction.ofTime(name, time),
                                time));
        to.define(
                "date_part(text, timestamp) -> float8",
                (String unit, Long timestamp) ->
                        ofTimestamp(unit, timestamp, null, TypeKind.TIMESTAMP));
        to.general(
                "date_part(text, timestamptz) -> float8 stable",
                (arguments, context) ->
                        ofTimestamp(
                                text(arguments[0]),
                                number(arguments[1]),
                                context.zone(),
                                TypeKind.TIMESTAMPTZ));
        to.define(
                "date_part(text, interval) -> float8",
                (String name, Interval span) ->
                        Extraction.asDouble(
                                TimeUnit.find(name, TypeKind.INTERVAL),
                                Extraction.ofInterval(name, span),
                                span.micros()));
    }

    private static @Nullable Double ofTimestamp(
            String name, long value, @Nullable ZoneId zone, TypeKind kind) {
        TimeUnit unit = TimeUnit.find(name, kind == TypeKind.DATE ? TypeKind.TIMESTAMP : kind);
        if (Times.isInfinite(value) && Extraction.isMonotonic(unit)) {
            return value == DateTimeText.INFINITY
                    ? Double.POSITIVE_INFINITY
                    : Double.NEGATIVE_INFINITY;
        }
        BigDecimal exact = Extraction.ofTimestamp(name, value, zone);
        if (exact == null) {
            return null;
        }
        long local = zone == null ? value : DateTimeText.toLocal(value, zone);
        return Extraction.asDouble(unit, exact, Times.timeOfDay(local));
    }

    private static void truncations(Definitions to) {
        to.define(
                "date_trunc(text, timestamp) -> timestamp",
                (String unit, Long timestamp) -> Truncation.ofTimestamp(unit, timestamp));
        to.define(
                "date_trunc(text, interval) -> interval",
                (String unit, Interval span) -> Truncation.ofInterval(unit, span));
        to.general(
                "date_trunc(text, timestamptz) -> timestamptz stable",
                (arguments, context) ->
                        Truncation.ofMoment(
                                text(arguments[0]), number(arguments[1]), context.zone()));
        to.define(
                "date_trunc(text, timestamptz, text) -> timestamptz stable",
                (String unit, Long moment, String zone) ->
                        Truncation.ofMoment(unit, moment, ZoneNames.find(zone)));
        to.define(
                "date_bin(interval, timestamp, timestamp) -> timestamp",
                (Interval stride, Long timestamp, Long origin) ->
                        Truncation.bin(stride, timestamp, origin));
        to.define(
                "date_bin(interval, timestamptz, timestamptz) -> timestamptz",
                (Interval stride, Long moment, Long origin) ->
                        Truncation.bin(stride, moment, origin));
    }

    private static void justifications(Definitions to) {
        to.define(
                "justify_hours(interval) -> interval",
                (Interval span) -> Intervals.justifyHours(span));
        to.define(
                "justify_days(interval) -> interval",
                (Interval span) -> Intervals.justifyDays(span));
        to.define(
                "justify_interval(interval) -> interval",
                (Interval span) -> Intervals.justify(span));
        to.define("age(timestamp, timestamp) -> interval", (Long a, Long b) -> Times.age(a, b));
        to.general(
                "age(timestamptz, timestamptz) -> interval stable",
                (arguments, context) ->
                        Times.age(
                                Times.toLocal(number(arguments[0]), context.zone()),
                                Times.toLocal(number(arguments[1]), context.zone())));
        to.general(
                "age(timestamp) -> interval stable",
                (arguments, context) ->
                        Times.age(
                                midnight(context.transactionMicros(), context.zone()),
                                number(arguments[0])));
        to.general(
                "age(timestamptz) -> interval stable",
                (arguments, context) ->
                        Times.age(
                                midnight(context.transactionMicros(), context.zone()),
                                Times.toLocal(number(arguments[0]), context.zone())));
    }

    /** The beginning of a moment's day in a zone, as a timestamp without one. */
    private static long midnight(long moment, ZoneId zone) {
        return Times.midnight(Times.date(Times.toLocal(moment, zone)));
    }

    private static void tests(Definitions to) {
        to.define("isfinite(date) -> bool", (Long date) -> !Times.isInfinite(date));
        to.define("isfinite(timestamp) -> bool", (Long moment) -> !Times.isInfinite(moment));
        to.define("isfinite(timestamptz) -> bool", (Long moment) -> !Times.isInfinite(moment));
        to.define("isfinite(interval) -> bool", (Interval span) -> true);
    }
}
