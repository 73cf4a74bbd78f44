package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.DateTimeText;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What time it is. CURRENT_TIMESTAMP and its like are functions of the same names. */
public final class ClockFunctions implements FunctionSource {

    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss.SSSSSS yyyy zzz", Locale.ROOT);

    private static final int FRACTION_DIGITS = 6;

    /** A moment out of a statement's context. */
    private interface Clock {
        long micros(CallContext context);
    }

    @Override
    public void define(Definitions definitions) {
        moment(definitions, "now", CallContext::transactionMicros);
        moment(definitions, "transaction_timestamp", CallContext::transactionMicros);
        moment(definitions, "statement_timestamp", CallContext::statementMicros);
        definitions.general(
                "clock_timestamp() -> timestamptz volatile",
                (arguments, context) -> context.clockMicros());
        definitions.general(
                "timeofday() -> text volatile",
                (arguments, context) -> timeOfDay(context.clockMicros(), context.zone()));
        current(definitions);
    }

    private static void moment(Definitions to, String name, Clock clock) {
        to.general(
                name + "() -> timestamptz stable", (arguments, context) -> clock.micros(context));
    }

    private static String timeOfDay(long micros, ZoneId zone) {
        Instant moment =
                Instant.ofEpochSecond(
                        Math.floorDiv(micros, Times.MICROS_PER_SECOND),
                        Math.floorMod(micros, Times.MICROS_PER_SECOND) * 1000);
        return TIME_OF_DAY.format(moment.atZone(zone));
    }

    private static void current(Definitions to) {
        moment(to, "current_timestamp", CallContext::transactionMicros);
        to.general(
                "current_timestamp(int4) -> timestamptz stable",
                (arguments, context) -> rounded(context.transactionMicros(), arguments[0]));
        to.general("localtimestamp() -> timestamp stable", (arguments, context) -> local(context));
        to.general(
                "localtimestamp(int4) -> timestamp stable",
                (arguments, context) -> rounded(local(context), arguments[0]));
        to.general(
                "localtime() -> time stable",
                (arguments, context) -> Times.timeOfDay(local(context)));
        to.general(
                "localtime(int4) -> time stable",
                (arguments, context) -> rounded(Times.timeOfDay(local(context)), arguments[0]));
        to.general(
                "current_date() -> date stable",
                (arguments, context) -> Times.date(local(context)).toEpochDay());
        to.typed("current_time() -> time stable", (types, result) -> withZone());
        to.typed("current_time(int4) -> time stable", (types, result) -> withZone());
    }

    private static io.faraddb.engine.sql.function.Function.Body withZone() {
        throw SqlException.unsupported("time with time zone").hint("Use LOCALTIME.");
    }

    private static long local(CallContext context) {
        return DateTimeText.toLocal(context.transactionMicros(), context.zone());
    }

    private static long rounded(long micros, @Nullable Object digits) {
        long precision = Math.clamp((Long) Objects.requireNonNull(digits), 0, FRACTION_DIGITS);
        long unit = 1;
        for (long i = precision; i < FRACTION_DIGITS; i++) {
            unit *= 10;
        }
        return Math.floorDiv(micros + unit / 2, unit) * unit;
    }
}
