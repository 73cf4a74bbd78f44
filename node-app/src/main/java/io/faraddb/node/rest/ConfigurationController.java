package io.faraddb.node.rest;

import io.faraddb.node.config.ConfigurationView;
import io.faraddb.node.config.FaradProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the node was told, defaults included. */
@RestController
@Tag(name = "cluster")
@RequestMapping("/api/v1/config")
public final class ConfigurationController {

    private final FaradProperties properties;

    public ConfigurationController(FaradProperties properties) {
        this.properties = properties;
    }

    record Property(String name, String value) {}

    @Operation(summary = "Properties that count here, without secrets")
    @GetMapping
    List<Property> all() {
        return ConfigurationView.of(properties).entrySet().stream()
                .map(entry -> new Property(entry.getKey(), entry.getValue()))
                .toList();
    }
}
