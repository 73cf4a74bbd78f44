package io.faraddb.node.actuator;

import io.faraddb.engine.recovery.SnapshotRun;
import io.faraddb.engine.recovery.SnapshotStats;
import io.faraddb.node.engine.NodeEngine;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Snapshots on disk. */
@Component
@Order(4)
final class SnapshotMetrics implements MetricSource {

    private static final double MICROS_PER_SECOND = 1e6;

    private final NodeEngine node;

    SnapshotMetrics(NodeEngine node) {
        this.node = node;
    }

    @Override
    public void tell(Scrape scrape) {
        SnapshotStats stats = node.engine().snapshotsOnDisk().stats();
        SnapshotRun latest = node.engine().snapshotsOnDisk().latest();
        boolean writing = latest != null && latest.state() == SnapshotRun.State.WRITING;
        scrape.histogram(
                "farad_snapshot_duration_seconds",
                "Time that complete snapshots took",
                stats.nanos(),
                Buckets.JOB_SECONDS);
        scrape.counter("farad_snapshot_failures_total", "Snapshots that failed", stats.failures());
        scrape.gauge(
                "farad_snapshot_bytes", "Size of the newest complete snapshot", stats.lastBytes());
        scrape.gauge(
                "farad_snapshot_last_success_timestamp_seconds",
                "When the newest complete snapshot was begun, in seconds since 1970; 0 without one",
                stats.lastMicros() / MICROS_PER_SECOND);
        scrape.gauge(
                "farad_snapshot_writing",
                "1 while a snapshot is being written, else 0",
                writing ? 1 : 0);
    }
}
