package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.type.Interval;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** OVERLAPS: whether two spans of time have a moment in common. */
final class Overlap {

    private Overlap() {}

    /** Each span is its start and either its end or its length. */
    static void define(Definitions to, String type) {
        for (String first : new String[] {type, "interval"}) {
            for (String second : new String[] {type, "interval"}) {
                to.typed(
                        "overlaps(%s, %s, %s, %s) -> bool stable lenient"
                                .formatted(type, first, type, second),
                        (types, result) ->
                                (arguments, context) -> {
                                    Long firstEnd = end(types, arguments, 0, context);
                                    Long secondEnd = end(types, arguments, 2, context);
                                    return overlap(
                                            Span.of((Long) arguments[0], firstEnd),
                                            Span.of((Long) arguments[2], secondEnd));
                                });
            }
        }
    }

    private static @Nullable Long end(
            List<SqlType> types, @Nullable Object[] arguments, int start, CallContext context) {
        Object end = arguments[start + 1];
        if (!(end instanceof Interval length)) {
            return (Long) end;
        }
        if (!(arguments[start] instanceof Long moment)) {
            return null;
        }
        return switch (types.get(start).kind()) {
            case TIME -> Times.addToTime(moment, length);
            case TIMESTAMPTZ -> Times.add(moment, length, context.zone());
            default -> Times.add(moment, length);
        };
    }

    /** From the lesser of two ends; the other one is null if one was. */
    private record Span(long start, @Nullable Long end) {

        static @Nullable Span of(@Nullable Long one, @Nullable Long other) {
            if (one == null) {
                return other == null ? null : new Span(other, null);
            }
            return other == null
                    ? new Span(one, null)
                    : new Span(Math.min(one, other), Math.max(one, other));
        }
    }

    /** Null if what is missing leaves the answer open. */
    private static @Nullable Boolean overlap(@Nullable Span first, @Nullable Span second) {
        if (first == null || second == null) {
            return null;
        }
        if (first.start == second.start) {
            return first.end == null || second.end == null ? null : true;
        }
        Span earlier = first.start < second.start ? first : second;
        Span later = earlier == first ? second : first;
        if (earlier.end == null) {
            return null;
        }
        if (later.start < earlier.end) {
            return true;
        }
        return later.end == null ? null : false;
    }
}
