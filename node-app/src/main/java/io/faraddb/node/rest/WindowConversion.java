package io.faraddb.node.rest;

import io.faraddb.console.cluster.Window;
import org.springframework.context.annotation.Configuration;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Windows of time as addresses carry them. */
@Configuration(proxyBeanMethods = false)
public class WindowConversion implements WebMvcConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Window.class, Window::of);
    }
}
