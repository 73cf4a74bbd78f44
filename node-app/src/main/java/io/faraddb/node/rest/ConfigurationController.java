package io.faraddb.node.rest;

import io.faraddb.node.config.ConfigurationView;
import io.faraddb.node.config.FaradProperties;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the node was told, defaults included. */
@RestController
@RequestMapping("/api/v1/config")
public final class ConfigurationController {

    private final FaradProperties properties;

    public ConfigurationController(FaradProperties properties) {
        this.properties = properties;
    }

    record Property(String name, String value) {}

    @GetMapping
    List<Property> all() {
        return ConfigurationView.of(properties).entrySet().stream()
                .map(entry -> new Property(entry.getKey(), entry.getValue()))
                .toList();
    }
}
