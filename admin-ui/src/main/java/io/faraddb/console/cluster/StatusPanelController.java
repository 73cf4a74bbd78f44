package io.faraddb.console.cluster;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** How the node is, in a sentence and a few numbers. */
@Controller
class StatusPanelController {

    private final ClusterSource cluster;

    StatusPanelController(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @GetMapping("/status")
    String show(Model model) {
        model.addAttribute("status", cluster.status());
        return "console/cluster/status";
    }
}
