package io.faraddb.node.actuator;

import io.faraddb.engine.site.SiteThread;
import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.history.HistoryRecorder;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Partitions: each copy with what its thread does, and whether there are copies enough. */
@Component
@Order(2)
final class PartitionMetrics implements MetricSource {

    private static final String PARTITION = "partition";

    private final NodeEngine node;
    private final HistoryRecorder history;
    private final int replicas;

    PartitionMetrics(NodeEngine node, HistoryRecorder history, FaradProperties properties) {
        this.node = node;
        this.history = history;
        this.replicas = properties.cluster().replicas();
    }

    @Override
    public void tell(Scrape scrape) {
        List<SiteThread> sites = node.engine().partitions().sites();
        sites.forEach(site -> tell(scrape, site));
        scrape.gauge(
                "farad_partitions_under_replicated",
                "Partitions with fewer copies than the cluster keeps",
                sites.stream().filter(site -> copies(site) < replicas).count());
        scrape.gauge(
                "farad_partitions_unavailable",
                "Partitions that take no work, or no writes",
                sites.stream().filter(site -> !available(site)).count());
    }

    private static boolean available(SiteThread site) {
        return site.broken() == null && site.stats().leads();
    }

    /** One node holds one copy of each. */
    private static int copies(SiteThread site) {
        return site.broken() == null ? 1 : 0;
    }

    private void tell(Scrape scrape, SiteThread site) {
        String number = Integer.toString(site.partition());
        scrape.gauge(
                "farad_partition_busy_ratio",
                "Share of the last ten seconds that the partition's thread worked",
                history.busyShare(site.partition()),
                PARTITION,
                number);
        scrape.gauge(
                "farad_partition_queue_depth",
                "Transactions that wait for the partition's thread",
                site.queueDepth(),
                PARTITION,
                number);
        scrape.counter(
                "farad_partition_executed_total",
                "Transactions that the partition's thread ran; one that is run anew counts again",
                site.stats().transactions(),
                PARTITION,
                number,
                "role",
                "leader");
        scrape.gauge(
                "farad_partition_applied_index",
                "Index of the last entry of the partition's log that is applied",
                site.stats().appliedIndex(),
                PARTITION,
                number);
        scrape.counter(
                "farad_partition_applied_entries_total",
                "Entries of the partition's log that were applied, those replayed at the start too",
                site.stats().entriesApplied(),
                PARTITION,
                number);
        scrape.counter(
                "farad_partition_applied_bytes_total",
                "Bytes of the partition's log that were applied, those replayed at the start too",
                site.stats().bytesApplied(),
                PARTITION,
                number);
        scrape.gauge(
                "farad_partition_leader",
                "1 where this node's copy leads the partition, else 0",
                site.stats().leads() ? 1 : 0,
                PARTITION,
                number);
        scrape.gauge(
                "farad_partition_copies",
                "Copies of the partition that can be used",
                copies(site),
                PARTITION,
                number);
    }
}
