package io.faraddb.engine.recovery;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.time.Duration;

/**
 * When snapshots are taken by themselves; never when nothing was written since the last one.
 *
 * @param interval after the last one
 * @param logBytesMax what the logs may have grown by since the last one: it bounds how long a
 *     restart takes and how much disk the logs need
 */
public record SnapshotPolicy(Duration interval, long logBytesMax) {

    public static final SnapshotPolicy DEFAULT =
            new SnapshotPolicy(Duration.ofMinutes(30), 1L << 30);

    public SnapshotPolicy {
        if (!interval.isPositive() || logBytesMax <= 0) {
            throw new SqlException(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "Snapshots need an interval and a size of the log above zero");
        }
    }

    /**
     * @param nanos since the last snapshot, or since the start
     * @param bytes that the logs have grown by since then
     */
    boolean due(long nanos, long bytes) {
        return bytes >= logBytesMax || (bytes > 0 && nanos >= interval.toNanos());
    }
}
