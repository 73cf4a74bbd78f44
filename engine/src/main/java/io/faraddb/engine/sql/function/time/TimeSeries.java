package io.faraddb.engine.sql.function.time;

import io.faraddb.engine.type.Interval;
import java.time.ZoneId;

/** Steps through time, for generate_series. */
public final class TimeSeries {

    private TimeSeries() {}

    /** A moment later by an interval, whose days and months are those of a zone. */
    public static long next(long moment, Interval step, ZoneId zone) {
        return Times.add(moment, step, zone);
    }
}
