package io.faraddb.node.engine;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the engine is made with. */
@Configuration(proxyBeanMethods = false)
public final class EngineConfiguration {

    /** Others put theirs in its place, such as tests. */
    @Bean
    @ConditionalOnMissingBean(Logs.class)
    Logs logs() {
        return new LocalLogs();
    }
}
