package io.faraddb.engine.replication;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.time.Duration;

/**
 * How a node's replicated logs are kept.
 *
 * @param electionTimeoutMin a follower that hears nothing for this long, up to twice as long,
 *     stands for election; shorter than a starved machine's pauses, it makes leaders fall for
 *     nothing
 * @param firstElectionTimeout the same, before the first leader after a start is known
 * @param requestTimeout how long a member waits for another one's answer
 * @param segmentBytes size of one preallocated log file
 * @param queuedAppendsMax appends of a partition that may wait; more are refused
 * @param queuedBytesMax bytes of a partition that may wait; one append may always wait
 */
public record RatisSettings(
        Duration electionTimeoutMin,
        Duration firstElectionTimeout,
        Duration requestTimeout,
        int segmentBytes,
        int queuedAppendsMax,
        long queuedBytesMax) {

    /** Smallest and largest segment. */
    public static final int SEGMENT_BYTES_MIN = 64 << 10;

    public static final int SEGMENT_BYTES_MAX = 256 << 20;

    public static final RatisSettings DEFAULT =
            new RatisSettings(
                    Duration.ofMillis(1500),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(3),
                    8 << 20,
                    1 << 12,
                    128L << 20);

    public RatisSettings {
        require(
                electionTimeoutMin.toMillis() >= 100,
                "The election timeout must be at least 100 milliseconds");
        require(
                firstElectionTimeout.toMillis() >= 10,
                "The first election timeout must be at least 10 milliseconds");
        require(
                requestTimeout.toMillis() >= 100,
                "The request timeout must be at least 100 milliseconds");
        require(
                segmentBytes >= SEGMENT_BYTES_MIN && segmentBytes <= SEGMENT_BYTES_MAX,
                "A replicated log's segment has 64 KiB to 256 MiB");
        require(queuedAppendsMax > 0, "The log's queue must hold at least one append");
        require(queuedBytesMax > 0, "The log's queue must hold at least one byte");
    }

    public RatisSettings withSegmentBytes(int bytes) {
        return new RatisSettings(
                electionTimeoutMin,
                firstElectionTimeout,
                requestTimeout,
                bytes,
                queuedAppendsMax,
                queuedBytesMax);
    }

    public RatisSettings withElectionTimeouts(Duration min, Duration first) {
        return new RatisSettings(
                min, first, requestTimeout, segmentBytes, queuedAppendsMax, queuedBytesMax);
    }

    public RatisSettings withQueue(int appendsMax, long bytesMax) {
        return new RatisSettings(
                electionTimeoutMin,
                firstElectionTimeout,
                requestTimeout,
                segmentBytes,
                appendsMax,
                bytesMax);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new SqlException(ErrorCode.INVALID_PARAMETER_VALUE, sentence);
        }
    }
}
