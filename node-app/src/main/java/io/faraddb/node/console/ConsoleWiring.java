package io.faraddb.node.console;

import io.faraddb.console.ConsoleConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Takes the console's pages in. The ports they need are in the package view. */
@Configuration(proxyBeanMethods = false)
@Import(ConsoleConfiguration.class)
public class ConsoleWiring {}
