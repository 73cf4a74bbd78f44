package io.faraddb.console;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** All pages of the console, for an application that implements their ports. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class ConsoleConfiguration {}
