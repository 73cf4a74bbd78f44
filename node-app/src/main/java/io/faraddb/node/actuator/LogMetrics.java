package io.faraddb.node.actuator;

import io.faraddb.engine.log.LogStats;
import io.faraddb.node.engine.NodeDisk;
import io.faraddb.node.engine.NodeEngine;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The log of the node, which all its partitions write to. */
@Component
@Order(3)
final class LogMetrics implements MetricSource {

    private final NodeEngine node;
    private final NodeDisk disk;

    LogMetrics(NodeEngine node, NodeDisk disk) {
        this.node = node;
        this.disk = disk;
    }

    @Override
    public void tell(Scrape scrape) {
        LogStats log = node.files().logStats();
        scrape.histogram(
                "farad_log_append_seconds",
                "Time that writing a batch of entries took, without the sync",
                log.writeNanos(),
                Buckets.INNER_SECONDS);
        scrape.histogram(
                "farad_log_fsync_seconds",
                "Time that a sync took",
                log.syncNanos(),
                Buckets.INNER_SECONDS);
        scrape.histogram(
                "farad_log_batch_entries",
                "Entries that were committed together",
                log.batchEntries(),
                Buckets.COUNTS);
        scrape.counter("farad_log_entries_total", "Entries that were committed", log.entries());
        scrape.counter(
                "farad_log_bytes_total",
                "Bytes written to segments, headers and padding included",
                log.writtenBytes());
        segments(scrape, log);
        scrape.counter(
                "farad_log_backpressure_total",
                "Appends refused because too much waited to be written",
                log.backpressure());
        scrape.counter(
                "farad_log_failures_total",
                "Appends that failed, for whatever reason",
                log.refusedAppends());
        scrape.gauge(
                "farad_log_queue_depth",
                "Appends that wait to be written",
                node.files().queuedAppends());
        scrape.gauge(
                "farad_log_disk_full",
                "1 when the last append failed because the disk was full, else 0",
                log.diskFull() ? 1 : 0);
        scrape.gauge(
                "farad_log_disk_free_bytes",
                "What may still be written to the disk of the log",
                disk.freeBytes());
    }

    private static void segments(Scrape scrape, LogStats log) {
        String help = "Segments of the log: sealed when full, reclaimed when needed no more";
        scrape.counter("farad_log_segments_total", help, log.sealedSegments(), "event", "sealed");
        scrape.counter(
                "farad_log_segments_total", help, log.reclaimedSegments(), "event", "reclaimed");
    }
}
