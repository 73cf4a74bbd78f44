package io.faraddb.node.actuator;

import io.faraddb.console.cluster.ClusterSource;
import io.faraddb.console.cluster.NodeStatus;
import io.faraddb.console.cluster.NodeStatus.State;
import java.util.Locale;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Which release runs, and how the node is. */
@Component
@Order(0)
final class NodeMetrics implements MetricSource {

    private final ClusterSource cluster;

    NodeMetrics(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @Override
    public void tell(Scrape scrape) {
        NodeStatus status = cluster.status();
        scrape.info(
                "farad_build_info",
                "The release that runs",
                "version",
                status.version(),
                "java",
                Runtime.version().toString());
        scrape.info(
                "farad_node_state_info",
                "How the node is: up, degraded (some partitions, or reads only) or down",
                "state",
                status.state().name().toLowerCase(Locale.ROOT));
        for (State state : State.values()) {
            scrape.gauge(
                    "farad_cluster_nodes",
                    "Nodes of the cluster by how they are",
                    cluster.topology().nodes().stream()
                            .filter(node -> node.state() == state)
                            .count(),
                    "status",
                    state.name().toLowerCase(Locale.ROOT));
        }
        scrape.gauge(
                "farad_start_timestamp_seconds",
                "When the node was started, in seconds since 1970",
                status.startedAt().getEpochSecond());
    }
}
