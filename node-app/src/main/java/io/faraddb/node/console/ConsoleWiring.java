package io.faraddb.node.console;

import io.faraddb.console.ConsoleConfiguration;
import io.faraddb.console.page.NodeIdentity;
import io.faraddb.node.config.FaradProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Takes the console's pages in. The ports of their subjects are in the package view. */
@Configuration(proxyBeanMethods = false)
@Import(ConsoleConfiguration.class)
public class ConsoleWiring {

    @Bean
    NodeIdentity nodeIdentity(FaradProperties properties) {
        return () -> properties.node().name();
    }
}
