package io.faraddb.node.actuator;

import io.faraddb.console.cluster.ClusterSource;
import io.faraddb.console.cluster.Topology;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether each partition has as many copies as the cluster keeps. */
@Component("copies")
final class CopiesHealth implements HealthIndicator {

    private final ClusterSource cluster;

    CopiesHealth(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @Override
    public Health health() {
        int replicas = cluster.status().replicas();
        List<Integer> fewer =
                cluster.topology().partitions().stream()
                        .filter(partition ->
                                !partition.available() || partition.replicas().size() < replicas)
                        .map(Topology.Partition::id)
                        .toList();
        Health.Builder health = fewer.isEmpty() ? Health.up() : Health.outOfService();
        return health.withDetail("replicas", replicas)
                .withDetail("partitionsWithFewer", fewer)
                .build();
    }
}
