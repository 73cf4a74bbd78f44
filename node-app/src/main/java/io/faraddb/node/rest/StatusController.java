package io.faraddb.node.rest;

import io.faraddb.console.cluster.ClusterSource;
import io.faraddb.console.cluster.History;
import io.faraddb.console.cluster.LogState;
import io.faraddb.console.cluster.NodeStatus;
import io.faraddb.console.cluster.RingMap;
import io.faraddb.console.cluster.Topology;
import io.faraddb.console.cluster.Window;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the node, its partitions and its log are, and what happened lately. */
@RestController
@RequestMapping("/api/v1")
public final class StatusController {

    private final ClusterSource cluster;

    public StatusController(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @GetMapping("/status")
    NodeStatus status() {
        return cluster.status();
    }

    @GetMapping("/topology")
    Topology topology() {
        return cluster.topology();
    }

    /** Which partition owns which of the ring's tokens. */
    @GetMapping("/ring")
    RingMap ring() {
        return cluster.ring();
    }

    @GetMapping("/log")
    LogState log() {
        return cluster.log();
    }

    /**
     * Samples by column.
     *
     * @param window 15m, a sample a second, or 24h, one in ten seconds
     */
    @GetMapping("/history")
    History history(@RequestParam(defaultValue = "15m") Window window) {
        return cluster.history(window);
    }
}
