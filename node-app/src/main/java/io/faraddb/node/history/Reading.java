package io.faraddb.node.history;

import io.faraddb.console.cluster.Sample;
import io.faraddb.console.cluster.Sample.PartitionNow;
import io.faraddb.engine.Engine;
import io.faraddb.engine.log.LogStats;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.stats.Histogram.Distribution;
import io.faraddb.engine.time.TimeSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All counters at one moment.
 *
 * @param time seconds since 1970
 * @param reads durations of committed transactions that only read, writes of all others
 * @param ended transactions, however they ended
 */
record Reading(
        long time,
        long nanos,
        Distribution reads,
        Distribution writes,
        long ended,
        long logBytes,
        Distribution syncs,
        List<PartitionReading> partitions) {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double MEDIAN = 0.5;
    private static final double ALMOST_ALL = 0.99;

    /** Of one partition. */
    record PartitionReading(
            int id, long appliedIndex, int queueDepth, long transactions, long idleNanos) {}

    static Reading of(Engine engine, LogStats log, TimeSource time) {
        long nanos = time.nanoTime();
        Distribution reads = engine.transactionStats().committed(true);
        Distribution writes = engine.transactionStats().committed(false);
        return new Reading(
                TimeUnit.MICROSECONDS.toSeconds(time.epochMicros()),
                nanos,
                reads,
                writes,
                engine.transactionStats().ended(),
                log.writtenBytes(),
                log.syncNanos(),
                engine.partitions().sites().stream().map(site -> of(site, nanos)).toList());
    }

    private static PartitionReading of(SiteThread site, long nanos) {
        return new PartitionReading(
                site.partition(),
                site.stats().appliedIndex(),
                site.queueDepth(),
                site.stats().transactions(),
                site.stats().idleNanos(nanos));
    }

    /** What happened between an earlier reading and this one. */
    Sample since(Reading earlier) {
        double seconds = secondsSince(earlier);
        Distribution someReads = reads.since(earlier.reads);
        Distribution someWrites = writes.since(earlier.writes);
        Distribution committed = someReads.plus(someWrites);
        Distribution someSyncs = syncs.since(earlier.syncs);
        // Read one after the other: a transaction may have ended in between.
        long failed = Math.max(0, ended - earlier.ended - committed.count());
        return new Sample(
                time,
                someReads.count() / seconds,
                someWrites.count() / seconds,
                failed / seconds,
                seconds(committed, MEDIAN),
                seconds(committed, ALMOST_ALL),
                (logBytes - earlier.logBytes) / seconds,
                seconds(someSyncs, MEDIAN),
                seconds(someSyncs, ALMOST_ALL),
                partitionsSince(earlier).stream()
                        .mapToDouble(PartitionNow::busyShare)
                        .max()
                        .orElse(0));
    }

    private double secondsSince(Reading earlier) {
        return Math.max(1, nanos - earlier.nanos) / NANOS_PER_SECOND;
    }

    private static @Nullable Double seconds(Distribution nanos, double share) {
        return nanos.count() == 0 ? null : nanos.quantile(share) / NANOS_PER_SECOND;
    }

    /** How busy each partition was between an earlier reading and this one. */
    List<PartitionNow> partitionsSince(Reading earlier) {
        double seconds = secondsSince(earlier);
        return partitions.stream()
                .map(now -> {
                    long before = earlier.partitions.get(now.id()).transactions();
                    return new PartitionNow(
                            now.id(),
                            now.appliedIndex(),
                            now.queueDepth(),
                            busyShareSince(earlier, now.id()),
                            (now.transactions() - before) / seconds);
                })
                .toList();
    }

    /** Share of the time since an earlier reading that a partition's thread worked. */
    double busyShareSince(Reading earlier, int partition) {
        long idleNanos =
                partitions.get(partition).idleNanos()
                        - earlier.partitions.get(partition).idleNanos();
        return Math.clamp(1 - idleNanos / NANOS_PER_SECOND / secondsSince(earlier), 0, 1);
    }
}
