package io.faraddb.engine.sql.function;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.DateTimeText;
import io.faraddb.engine.type.Interval;
import io.faraddb.engine.type.TypeKind;
import org.jspecify.annotations.Nullable;

/** Casts between dates, times and intervals. */
final class TimeCasts {

    private static final long MICROS_PER_DAY = DateTimeText.MICROS_PER_DAY;

    private TimeCasts() {}

    static @Nullable Cast find(TypeKind source, TypeKind target) {
        return switch (source) {
            case DATE -> fromDate(target);
            case TIME ->
                    target == TypeKind.INTERVAL
                            ? (value, context) -> new Interval(0, 0, (Long) value)
                            : null;
            case TIMESTAMP -> fromTimestamp(target);
            case TIMESTAMPTZ -> fromMoment(target);
            case INTERVAL ->
                    target == TypeKind.TIME
                            ? (value, context) ->
                                    Math.floorMod(((Interval) value).micros(), MICROS_PER_DAY)
                            : null;
            default -> null;
        };
    }

    private static @Nullable Cast fromDate(TypeKind target) {
        return switch (target) {
            case TIMESTAMP -> (value, context) -> toTimestamp((Long) value);
            case TIMESTAMPTZ -> (value, context) -> toMoment(toTimestamp((Long) value), context);
            default -> null;
        };
    }

    private static @Nullable Cast fromTimestamp(TypeKind target) {
        return switch (target) {
            case DATE -> (value, context) -> toDate((Long) value);
            case TIME -> (value, context) -> toTime((Long) value);
            case TIMESTAMPTZ -> (value, context) -> toMoment((Long) value, context);
            default -> null;
        };
    }

    private static @Nullable Cast fromMoment(TypeKind target) {
        return switch (target) {
            case DATE -> (value, context) -> toDate(toLocal((Long) value, context));
            case TIME -> (value, context) -> toTime(toLocal((Long) value, context));
            case TIMESTAMP -> (value, context) -> toLocal((Long) value, context);
            default -> null;
        };
    }

    private static boolean isInfinite(long value) {
        return value == DateTimeText.INFINITY || value == DateTimeText.MINUS_INFINITY;
    }

    private static long toTimestamp(long days) {
        if (isInfinite(days)) {
            return days;
        }
        if (days < DateTimeText.DATE_MIN
                || days * (double) MICROS_PER_DAY > Long.MAX_VALUE
                || days * MICROS_PER_DAY > DateTimeText.TIMESTAMP_MAX) {
            throw new SqlException(
                    ErrorCode.DATETIME_FIELD_OVERFLOW, "date out of range for timestamp");
        }
        return days * MICROS_PER_DAY;
    }

    private static long toDate(long micros) {
        return isInfinite(micros) ? micros : Math.floorDiv(micros, MICROS_PER_DAY);
    }

    /** Null for what is not finite. */
    private static @Nullable Long toTime(long micros) {
        return isInfinite(micros) ? null : Math.floorMod(micros, MICROS_PER_DAY);
    }

    private static long toMoment(long local, CallContext context) {
        return isInfinite(local) ? local : DateTimeText.toMoment(local, context.zone());
    }

    private static long toLocal(long moment, CallContext context) {
        return isInfinite(moment) ? moment : DateTimeText.toLocal(moment, context.zone());
    }
}
