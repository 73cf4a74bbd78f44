package io.faraddb.node.engine;

import io.faraddb.engine.memory.HeapWatch;
import io.faraddb.engine.time.SystemTime;
import io.faraddb.node.config.FaradProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The watch over the memory that all of the node shares. */
@Configuration(proxyBeanMethods = false)
class MemoryConfiguration {

    @Bean(destroyMethod = "close")
    HeapWatch heapWatch(FaradProperties properties) {
        FaradProperties.Limits limits = properties.limits();
        return HeapWatch.start(
                limits.heapUsedMax(), limits.statementMemoryMax().toBytes(), SystemTime.INSTANCE);
    }

    /** Beside the first statements, so that the start does not wait for it. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> memoryTaker(HeapWatch watch) {
        return ready -> Thread.ofPlatform().daemon().name("heap-growth").start(watch::takeMemory);
    }
}
