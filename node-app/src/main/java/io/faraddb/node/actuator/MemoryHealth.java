package io.faraddb.node.actuator;

import io.faraddb.engine.memory.MemoryLimits;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the heap has room for more rows. */
@Component("memory")
final class MemoryHealth implements HealthIndicator {

    private final MemoryLimits memory;

    MemoryHealth(MemoryLimits memory) {
        this.memory = memory;
    }

    @Override
    public Health health() {
        return memory.heapFull()
                ? Health.outOfService()
                        .withDetail("reason", "the heap is full: what adds to it is refused")
                        .build()
                : Health.up().build();
    }
}
