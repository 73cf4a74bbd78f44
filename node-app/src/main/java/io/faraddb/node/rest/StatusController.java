package io.faraddb.node.rest;

import io.faraddb.console.cluster.ClusterSource;
import io.faraddb.console.cluster.History;
import io.faraddb.console.cluster.LogState;
import io.faraddb.console.cluster.NodeStatus;
import io.faraddb.console.cluster.RingMap;
import io.faraddb.console.cluster.Topology;
import io.faraddb.console.cluster.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the node, its partitions and its log are, and what happened lately. */
@RestController
@Tag(name = "cluster")
@RequestMapping("/api/v1")
public final class StatusController {

    private final ClusterSource cluster;

    public StatusController(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @Operation(summary = "How the node is, in a sentence and numbers")
    @GetMapping("/status")
    NodeStatus status() {
        return cluster.status();
    }

    @Operation(summary = "Nodes, and the partitions with their leaders, queues and indexes")
    @GetMapping("/topology")
    Topology topology() {
        return cluster.topology();
    }

    @Operation(summary = "Which partition owns which of the ring's tokens")
    @GetMapping("/ring")
    RingMap ring() {
        return cluster.ring();
    }

    @Operation(summary = "The log: how fast it syncs, what it wrote, what room is left")
    @GetMapping("/log")
    LogState log() {
        return cluster.log();
    }

    /**
     * Samples by column.
     *
     * @param window 15m, a sample a second, or 24h, one in ten seconds
     */
    @Operation(
            summary =
                    "What happened, by column: 15m, a sample a second, or 24h, one in ten seconds")
    @GetMapping("/history")
    History history(@RequestParam(defaultValue = "15m") Window window) {
        return cluster.history(window);
    }
}
