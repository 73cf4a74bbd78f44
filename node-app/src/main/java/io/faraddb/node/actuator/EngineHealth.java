package io.faraddb.node.actuator;

import io.faraddb.node.engine.NodeEngine;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready while the engine is open and none of its sites has stopped. */
@Component("engine")
public final class EngineHealth implements HealthIndicator {

    private final NodeEngine node;

    public EngineHealth(NodeEngine node) {
        this.node = node;
    }

    @Override
    public Health health() {
        Throwable broken = node.broken();
        return broken == null ? Health.up().build() : Health.down(broken).build();
    }
}
