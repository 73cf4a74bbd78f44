package io.faraddb.engine.sql.function.format;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.DateTimeText;
import io.faraddb.engine.type.Interval;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** to_char, to_date, to_timestamp and to_number. */
public final class FormatFunctions implements FunctionSource {

    @Override
    public void define(Definitions definitions) {
        numbers(definitions);
        times(definitions);
        readers(definitions);
    }

    private static void numbers(Definitions to) {
        to.define(
                "to_char(int4, text) -> text",
                (Long value, String format) -> NumberFormatter.ofInteger(value, format));
        to.define(
                "to_char(int8, text) -> text",
                (Long value, String format) -> NumberFormatter.ofBigint(value, format));
        to.define(
                "to_char(numeric, text) -> text",
                (BigDecimal value, String format) -> NumberFormatter.ofNumeric(value, format));
        to.define(
                "to_char(float4, text) -> text",
                (Float value, String format) -> NumberFormatter.ofReal(value, format));
        to.define(
                "to_char(float8, text) -> text",
                (Double value, String format) -> NumberFormatter.ofDouble(value, format));
    }

    private static boolean isInfinite(long value) {
        return value == DateTimeText.INFINITY || value == DateTimeText.MINUS_INFINITY;
    }

    private static void times(Definitions to) {
        to.define(
                "to_char(timestamp, text) -> text",
                (Long value, String format) ->
                        format.isEmpty() || isInfinite(value)
                                ? null
                                : DateWriter.write(BrokenTime.ofTimestamp(value), format));
        to.general(
                "to_char(timestamptz, text) -> text stable",
                (arguments, context) -> {
                    long value = (Long) Objects.requireNonNull(arguments[0]);
                    String format = (String) Objects.requireNonNull(arguments[1]);
                    return format.isEmpty() || isInfinite(value)
                            ? null
                            : DateWriter.write(BrokenTime.ofMoment(value, context.zone()), format);
                });
        to.define(
                "to_char(interval, text) -> text",
                (Interval value, String format) ->
                        format.isEmpty()
                                ? null
                                : DateWriter.write(BrokenTime.ofInterval(value), format));
    }

    private static void readers(Definitions to) {
        to.define("to_date(text, text) -> date", FormatFunctions::readDate);
        to.general(
                "to_timestamp(text, text) -> timestamptz stable",
                (arguments, context) ->
                        readMoment(
                                (String) Objects.requireNonNull(arguments[0]),
                                (String) Objects.requireNonNull(arguments[1]),
                                context));
        to.define(
                "to_number(text, text) -> numeric",
                (String text, String format) -> NumberReader.read(text, format));
    }

    private static Object readDate(String text, String format) {
        DateParts parts = DateReader.read(text, format);
        // A time of day is checked though it is not used.
        parts.timeOfDay(text);
        long days = parts.date(text).toEpochDay();
        if (days < DateTimeText.DATE_MIN || days > DateTimeText.DATE_MAX) {
            throw new SqlException(
                    ErrorCode.DATETIME_FIELD_OVERFLOW, "date out of range: \"" + text + "\"");
        }
        return days;
    }

    private static long readMoment(String text, String format, CallContext context) {
        DateParts parts = DateReader.read(text, format);
        long time = parts.timeOfDay(text);
        LocalDate date = parts.date(text);
        @Nullable ZoneOffset zone = parts.zone(text);
        long days = date.toEpochDay();
        long last = DateTimeText.TIMESTAMP_MAX / DateTimeText.MICROS_PER_DAY;
        if (days < DateTimeText.DATE_MIN || days > last) {
            throw new SqlException(ErrorCode.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
        }
        long local = parts.rounded(days * DateTimeText.MICROS_PER_DAY + time);
        return DateTimeText.toMoment(local, zone == null ? context.zone() : zone);
    }
}
