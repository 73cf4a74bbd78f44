package io.faraddb.console.cluster;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Partitions: on the ring, and in numbers. */
@Controller
class PartitionsController {

    private final ClusterSource cluster;

    PartitionsController(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @GetMapping("/partitions")
    String show(Model model) {
        model.addAttribute("topology", cluster.topology());
        model.addAttribute("ring", RingDrawing.of(cluster.ring()));
        return "console/cluster/partitions";
    }
}
