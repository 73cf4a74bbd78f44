package io.faraddb.node.rest;

import io.faraddb.engine.Engine;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.engine.NodeEngine;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the node and its partitions are. */
@RestController
@RequestMapping("/api/v1")
public final class StatusController {

    private final FaradProperties properties;
    private final NodeEngine node;

    public StatusController(FaradProperties properties, NodeEngine node) {
        this.properties = properties;
        this.node = node;
    }

    /**
     * @param state UP or DOWN
     * @param transactions that ended since the start
     */
    record Status(
            String version,
            String node,
            String state,
            int partitions,
            int replicas,
            int openSessions,
            long transactions,
            long failedStatements,
            long catalogVersion) {}

    /** One copy of each partition, all on this node. */
    record Topology(List<Node> nodes, List<Partition> partitions) {}

    record Node(String name, String state) {}

    record Partition(
            int id,
            String leader,
            List<String> replicas,
            boolean available,
            long appliedIndex,
            int queueDepth,
            long transactions) {}

    @GetMapping("/status")
    Status status() {
        Engine engine = node.engine();
        String version = StatusController.class.getPackage().getImplementationVersion();
        return new Status(
                version == null ? "unknown" : version,
                properties.node().name(),
                state(),
                engine.partitions().sites().size(),
                properties.cluster().replicas(),
                engine.sessionStats().openSessions(),
                engine.transactionStats().ended(),
                engine.sessionStats().failures(),
                engine.catalog().version());
    }

    private String state() {
        return node.broken() == null ? "UP" : "DOWN";
    }

    @GetMapping("/topology")
    Topology topology() {
        String name = properties.node().name();
        return new Topology(
                List.of(new Node(name, state())),
                node.engine().partitions().sites().stream()
                        .map(site -> partition(site, name))
                        .toList());
    }

    private static Partition partition(SiteThread site, String name) {
        return new Partition(
                site.partition(),
                name,
                List.of(name),
                site.broken() == null,
                site.stats().appliedIndex(),
                site.queueDepth(),
                site.stats().transactions());
    }
}
