package io.faraddb.node.engine;

import io.faraddb.engine.memory.HeapWatch;
import io.faraddb.node.config.FaradProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The watch over the memory that all of the node shares. */
@Configuration(proxyBeanMethods = false)
class MemoryConfiguration {

    @Bean(destroyMethod = "close")
    HeapWatch heapWatch(FaradProperties properties) {
        FaradProperties.Limits limits = properties.limits();
        return HeapWatch.start(limits.heapUsedMax(), limits.statementMemoryMax().toBytes());
    }
}
