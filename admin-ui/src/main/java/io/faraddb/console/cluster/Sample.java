package io.faraddb.console.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one step of time.
 *
 * @param time seconds since 1970 at its end
 * @param readsPerSecond transactions that only read and were committed
 * @param writesPerSecond other transactions that were committed
 * @param failuresPerSecond transactions that were not committed, those given up too
 * @param p50Seconds how long half of the committed transactions took at most; null without any
 * @param syncP50Seconds the same of the log's syncs
 * @param busiest share of the step that the busiest partition's thread worked, 0 to 1
 */
public record Sample(
        long time,
        double readsPerSecond,
        double writesPerSecond,
        double failuresPerSecond,
        @Nullable Double p50Seconds,
        @Nullable Double p99Seconds,
        double logBytesPerSecond,
        @Nullable Double syncP50Seconds,
        @Nullable Double syncP99Seconds,
        double busiest) {

    /**
     * A sample with how everything is at its end.
     *
     * @param partitions in the order of their numbers
     */
    public record Live(
            Sample sample,
            int openSessions,
            long transactionsInFlight,
            long freeDiskBytes,
            List<PartitionNow> partitions) {}

    /**
     * A partition at the end of a step.
     *
     * @param busyShare of the step that its thread worked, 0 to 1
     */
    public record PartitionNow(
            int id,
            long appliedIndex,
            int queueDepth,
            double busyShare,
            double transactionsPerSecond) {}
}
