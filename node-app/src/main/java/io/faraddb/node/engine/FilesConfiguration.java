package io.faraddb.node.engine;

import io.faraddb.node.config.DataDirectory;
import io.faraddb.node.config.FaradProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the engine's files are. */
@Configuration(proxyBeanMethods = false)
public final class FilesConfiguration {

    /** Others put theirs in its place, such as tests. */
    @Bean
    @ConditionalOnMissingBean(NodeFiles.class)
    NodeFiles files(DataDirectory directory, FaradProperties properties) {
        return new LocalFiles(directory, properties.log(), properties.snapshot());
    }
}
