package io.faraddb.console.cluster;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The home page. */
@Controller
class OverviewController {

    private final ClusterSource cluster;

    OverviewController(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @GetMapping("/")
    String show(Model model) {
        model.addAttribute("status", cluster.status());
        model.addAttribute("topology", cluster.topology());
        model.addAttribute("ring", RingDrawing.of(cluster.ring()));
        model.addAttribute("log", cluster.log());
        return "console/cluster/overview";
    }
}
