package io.faraddb.console.cluster;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The log. */
@Controller
class LogController {

    private final ClusterSource cluster;

    LogController(ClusterSource cluster) {
        this.cluster = cluster;
    }

    @GetMapping("/log")
    String show(Model model) {
        model.addAttribute("log", cluster.log());
        return "console/cluster/log";
    }
}
