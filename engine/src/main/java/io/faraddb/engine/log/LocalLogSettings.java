package io.faraddb.engine.log;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.time.Duration;

/**
 * How a node's local log is kept.
 *
 * @param segmentBytes size of one preallocated file; a multiple of 4096
 * @param durability when an entry counts as committed
 * @param syncInterval between two syncs, where durability is by interval
 * @param queuedAppendsMax appends that may wait for the writer, of all partitions; more are refused
 * @param queuedBytesMax bytes that may wait for the writer; one append may always wait
 */
public record LocalLogSettings(
        int segmentBytes,
        Durability durability,
        Duration syncInterval,
        int queuedAppendsMax,
        long queuedBytesMax) {

    /** Smallest and largest segment. */
    public static final int SEGMENT_BYTES_MIN = 8 << 10;

    public static final int SEGMENT_BYTES_MAX = 1 << 30;

    public static final LocalLogSettings DEFAULT =
            new LocalLogSettings(
                    64 << 20, Durability.SYNC, Duration.ofMillis(10), 1 << 16, 256L << 20);

    public LocalLogSettings {
        require(
                segmentBytes >= SEGMENT_BYTES_MIN
                        && segmentBytes <= SEGMENT_BYTES_MAX
                        && segmentBytes % 4096 == 0,
                "A log segment has 8 KiB to 1 GiB, in steps of 4 KiB");
        require(syncInterval.isPositive(), "The log's sync interval must be more than nothing");
        require(queuedAppendsMax > 0, "The log's queue must hold at least one append");
        require(queuedBytesMax > 0, "The log's queue must hold at least one byte");
    }

    public LocalLogSettings withSegmentBytes(int bytes) {
        return new LocalLogSettings(
                bytes, durability, syncInterval, queuedAppendsMax, queuedBytesMax);
    }

    public LocalLogSettings withDurability(Durability newDurability, Duration newInterval) {
        return new LocalLogSettings(
                segmentBytes, newDurability, newInterval, queuedAppendsMax, queuedBytesMax);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new SqlException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
        }
    }
}
