package io.faraddb.node.actuator;

import io.faraddb.console.cluster.ClusterSource;
import io.faraddb.console.cluster.LogState;
import io.faraddb.console.cluster.Topology;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the node takes writes: its log's disk has room and each partition's log works. */
@Component("log")
final class LogHealth implements HealthIndicator {

    private final ClusterSource cluster;

    LogHealth(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @Override
    public Health health() {
        LogState log = cluster.log();
        boolean works =
                cluster.topology().partitions().stream().allMatch(Topology.Partition::available);
        Health.Builder health = log.diskFull() || !works ? Health.outOfService() : Health.up();
        if (log.diskFull()) {
            health.withDetail("reason", "the disk is full: writes are refused, reads go on");
        } else if (!works) {
            health.withDetail("reason", "a partition takes no writes");
        }
        return health.withDetail("diskFull", log.diskFull())
                .withDetail("freeDiskBytes", log.freeDiskBytes())
                .build();
    }
}
