package io.faraddb.node.actuator;

import io.faraddb.engine.stats.Histogram.Distribution;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Gathers what is told at one scrape. Names are given as they are exposed; labels as names and
 * values in turn. All samples of a name have the help of the first one.
 */
final class Scrape {

    private static final String COUNTER_SUFFIX = "_total";
    private static final String INFO_SUFFIX = "_info";

    private final Labels common;
    private final Map<String, Family<?>> families = new LinkedHashMap<>();

    /**
     * @param common labels of every sample
     */
    Scrape(Labels common) {
        this.common = common;
    }

    /** Samples of one name and kind. */
    private record Family<P extends DataPointSnapshot>(
            MetricMetadata metadata,
            Class<P> kind,
            List<P> points,
            BiFunction<MetricMetadata, Collection<P>, MetricSnapshot> maker) {

        void add(DataPointSnapshot point) {
            points.add(kind.cast(point));
        }

        MetricSnapshot snapshot() {
            return maker.apply(metadata, points);
        }
    }

    /** What only grows. */
    void counter(String name, String help, long value, String... labels) {
        add(
                without(COUNTER_SUFFIX, name),
                help,
                new CounterDataPointSnapshot(value, all(labels), null, 0),
                CounterDataPointSnapshot.class,
                CounterSnapshot::new);
    }

    /** What goes up and down. */
    void gauge(String name, String help, double value, String... labels) {
        add(
                name,
                help,
                new GaugeDataPointSnapshot(value, all(labels), null),
                GaugeDataPointSnapshot.class,
                GaugeSnapshot::new);
    }

    /** What is told by its labels alone. */
    void info(String name, String help, String... labels) {
        add(
                without(INFO_SUFFIX, name),
                help,
                new InfoDataPointSnapshot(all(labels)),
                InfoDataPointSnapshot.class,
                InfoSnapshot::new);
    }

    void histogram(
            String name, String help, Distribution value, Buckets buckets, String... labels) {
        add(
                name,
                help,
                new HistogramDataPointSnapshot(
                        buckets.of(value), buckets.sum(value), all(labels), null, 0),
                HistogramDataPointSnapshot.class,
                HistogramSnapshot::new);
    }

    private Labels all(String... labels) {
        return common.merge(Labels.of(labels));
    }

    private static String without(String suffix, String name) {
        if (!name.endsWith(suffix)) {
            throw new IllegalArgumentException(name + " has to end with " + suffix);
        }
        return name.substring(0, name.length() - suffix.length());
    }

    private <P extends DataPointSnapshot> void add(
            String name,
            String help,
            P point,
            Class<P> kind,
            BiFunction<MetricMetadata, Collection<P>, MetricSnapshot> maker) {
        families.computeIfAbsent(
                        name,
                        unused ->
                                new Family<>(
                                        new MetricMetadata(name, help),
                                        kind,
                                        new ArrayList<>(),
                                        maker))
                .add(point);
    }

    MetricSnapshots snapshots() {
        return new MetricSnapshots(families.values().stream().map(Family::snapshot).toList());
    }
}
