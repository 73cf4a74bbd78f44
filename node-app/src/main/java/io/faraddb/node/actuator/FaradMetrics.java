package io.faraddb.node.actuator;

import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.engine.NodeEngine;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * All metrics named {@code farad_*}, read from the engine's and the ports' own counters at the
 * moment of a scrape. Not by the registry that the platform's metrics go through: it has no
 * histograms that somebody else counts.
 */
@Configuration(proxyBeanMethods = false)
public class FaradMetrics {

    private static final String CLUSTER = "farad";

    /** Adds them to what is scraped. */
    @Bean
    MultiCollector faradCollector(
            PrometheusRegistry registry,
            NodeEngine node,
            FaradProperties properties,
            List<MetricSource> sources) {
        Labels common = Labels.of("cluster", CLUSTER, "node", properties.node().name());
        MultiCollector collector = () -> collect(node, sources, common);
        registry.register(collector);
        return collector;
    }

    private static MetricSnapshots collect(
            NodeEngine node, List<MetricSource> sources, Labels common) {
        Scrape scrape = new Scrape(common);
        if (node.isRunning()) {
            sources.forEach(source -> source.tell(scrape));
        }
        return scrape.snapshots();
    }

    /** The platform's metrics have the same common labels. */
    @Bean
    MeterRegistryCustomizer<MeterRegistry> commonTags(FaradProperties properties) {
        return registry ->
                registry.config().commonTags("cluster", CLUSTER, "node", properties.node().name());
    }
}
