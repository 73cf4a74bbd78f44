package io.faraddb.node.actuator;

import io.faraddb.engine.Engine;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.node.config.FaradProperties;
import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.pgwire.PgPort;
import io.faraddb.node.pgwire.connection.PgMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The engine's and the port's counters as meters. They are read when they are scraped; none has a
 * tag that grows with connections, keys or statements.
 */
@Component
public final class FaradMeters {

    private final MeterRegistry registry;
    private final NodeEngine node;
    private final PgPort pg;
    private final Tags common;

    public FaradMeters(
            MeterRegistry registry, NodeEngine node, PgPort pg, FaradProperties properties) {
        this.registry = registry;
        this.node = node;
        this.pg = pg;
        this.common = Tags.of("node", properties.node().name(), "cluster", "farad");
    }

    /** Once, when all they read from is there. */
    @EventListener
    public void bind(ApplicationReadyEvent event) {
        bindNode();
        bindStatements(node.engine());
        node.engine().partitions().sites().forEach(this::bindPartition);
        bindPort(pg.metrics());
    }

    private <T> void counter(
            String name, String help, Tags tags, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, source, value)
                .description(help)
                .tags(common.and(tags))
                .register(registry);
    }

    private <T> void gauge(
            String name, String help, Tags tags, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value)
                .description(help)
                .tags(common.and(tags))
                .strongReference(true)
                .register(registry);
    }

    private void bindNode() {
        String version = FaradMeters.class.getPackage().getImplementationVersion();
        gauge(
                "farad.build.info",
                "The release that runs",
                Tags.of(
                        "version",
                        version == null ? "unknown" : version,
                        "java",
                        Runtime.version().toString()),
                this,
                self -> 1);
        gauge(
                "farad.partitions.unavailable",
                "Partitions that take no work",
                Tags.empty(),
                node,
                self -> self.broken() == null ? 0 : 1);
    }

    private void bindStatements(Engine engine) {
        counter(
                "farad.txn",
                "Transactions that ended here, each once",
                Tags.empty(),
                engine,
                self -> self.transactionStats().ended());
        counter(
                "farad.txn.failed",
                "Statements that ended with an error",
                Tags.empty(),
                engine,
                self -> self.sessionStats().failures());
        gauge(
                "farad.sessions",
                "Sessions that are open",
                Tags.empty(),
                engine,
                self -> self.sessionStats().openSessions());
        String plans = "Look-ups of a statement's plan";
        counter(
                "farad.plan.cache",
                plans,
                Tags.of("result", "hit"),
                engine,
                self -> self.planCache().hits());
        counter(
                "farad.plan.cache",
                plans,
                Tags.of("result", "miss"),
                engine,
                self -> self.planCache().misses());
    }

    private void bindPartition(SiteThread site) {
        Tags partition = Tags.of("partition", Integer.toString(site.partition()));
        counter(
                "farad.partition.executed",
                "Transactions that the site ran",
                partition.and("role", "leader"),
                site,
                self -> self.stats().transactions());
        counter(
                "farad.txn.rejected",
                "Transactions refused because a limit was reached",
                partition.and("reason", "queue_full"),
                site,
                self -> self.stats().refusals());
        counter(
                "farad.log.applied.bytes",
                "Bytes of the log that were applied",
                partition,
                site,
                self -> self.stats().bytesApplied());
        counter(
                "farad.log.applied.entries",
                "Entries of the log that were applied",
                partition,
                site,
                self -> self.stats().entriesApplied());
        gauge(
                "farad.partition.applied.index",
                "Index of the last entry applied",
                partition,
                site,
                self -> self.stats().appliedIndex());
        gauge(
                "farad.partition.queue.depth",
                "Work that waits for the site",
                partition,
                site,
                SiteThread::queueDepth);
    }

    private void bindPort(PgMetrics port) {
        String connections = "Connections of clients";
        gauge(
                "farad.client.connections",
                connections,
                Tags.of("protocol", "postgresql", "state", "open"),
                port,
                PgMetrics::loggedIn);
        gauge(
                "farad.client.connections",
                connections,
                Tags.of("protocol", "postgresql", "state", "login"),
                port,
                PgMetrics::loggingIn);
        for (PgMetrics.Rejection reason : PgMetrics.Rejection.values()) {
            counter(
                    "farad.client.connections.rejected",
                    "Connections that were refused",
                    Tags.of("reason", reason.name().toLowerCase(Locale.ROOT)),
                    port,
                    self -> self.rejected(reason));
        }
        String bytes = "Bytes to and from clients";
        counter(
                "farad.client.bytes",
                bytes,
                Tags.of("direction", "in"),
                port,
                PgMetrics::bytesReceived);
        counter(
                "farad.client.bytes",
                bytes,
                Tags.of("direction", "out"),
                port,
                PgMetrics::bytesSent);
        counter(
                "farad.client.stalled",
                "Connections cut off because the client did not read",
                Tags.empty(),
                port,
                PgMetrics::stalled);
        for (String result : List.of("success", "failure")) {
            counter(
                    "farad.auth",
                    "Log-ins",
                    Tags.of("result", result, "method", "scram"),
                    port,
                    result.equals("success") ? PgMetrics::loginsPassed : PgMetrics::loginsFailed);
        }
    }
}
