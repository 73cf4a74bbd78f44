package io.faraddb.node.actuator;

import io.faraddb.engine.stats.Histogram.Distribution;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;

/**
 * Bounds of a histogram as it is told; the engine's histograms count exactly what does not exceed
 * them.
 */
enum Buckets {
    /** Seconds, of what a client waits for: 100 microseconds to 10 seconds. */
    CLIENT_SECONDS(
            1e9,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            25_000_000,
            50_000_000,
            100_000_000,
            250_000_000,
            500_000_000,
            1_000_000_000,
            2_500_000_000L,
            5_000_000_000L,
            10_000_000_000L),

    /** Seconds, of what happens inside: 1 microsecond to 1 second. */
    INNER_SECONDS(
            1e9,
            1_000,
            2_500,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            25_000_000,
            50_000_000,
            100_000_000,
            250_000_000,
            500_000_000,
            1_000_000_000),

    /** Seconds, of jobs: 10 milliseconds to 10 minutes. */
    JOB_SECONDS(
            1e9,
            10_000_000,
            100_000_000,
            500_000_000,
            1_000_000_000,
            5_000_000_000L,
            10_000_000_000L,
            50_000_000_000L,
            100_000_000_000L,
            500_000_000_000L),

    /** Things counted. */
    COUNTS(1, 1, 2, 3, 5, 10, 25, 50, 100, 250, 500, 1_000);

    private final double unit;
    private final long[] bounds;

    /**
     * @param unit how many of what is recorded make one of what is told
     */
    Buckets(double unit, long... bounds) {
        this.unit = unit;
        this.bounds = bounds;
    }

    ClassicHistogramBuckets of(Distribution distribution) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long before = 0;
        for (long bound : bounds) {
            long upTo = distribution.countUpTo(bound);
            buckets.bucket(bound / unit, upTo - before);
            before = upTo;
        }
        return buckets.bucket(Double.POSITIVE_INFINITY, distribution.count() - before).build();
    }

    double sum(Distribution distribution) {
        return distribution.sum() / unit;
    }
}
