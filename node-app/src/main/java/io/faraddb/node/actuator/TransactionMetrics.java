package io.faraddb.node.actuator;

import static java.util.Locale.ROOT;

import io.faraddb.engine.Engine;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.stats.Histogram.Distribution;
import io.faraddb.engine.stats.TransactionStats;
import io.faraddb.engine.stats.TransactionStats.Kind;
import io.faraddb.engine.stats.TransactionStats.Outcome;
import io.faraddb.engine.stats.TransactionStats.Retry;
import io.faraddb.engine.stats.TransactionStats.Stage;
import io.faraddb.node.engine.NodeEngine;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Transactions as clients see them, and statements. */
@Component
@Order(1)
final class TransactionMetrics implements MetricSource {

    private final NodeEngine node;

    TransactionMetrics(NodeEngine node) {
        this.node = node;
    }

    @Override
    public void tell(Scrape scrape) {
        Engine engine = node.engine();
        TransactionStats stats = engine.transactionStats();
        durations(scrape, stats);
        scrape.counter("farad_txn_total", "Transactions that ended, each once", stats.ended());
        scrape.gauge(
                "farad_txn_in_flight",
                "Transactions that have begun and not ended",
                stats.inFlight());
        scrape.counter(
                "farad_txn_rejected_total",
                "Transactions refused because a partition's queue was full",
                engine.partitions().sites().stream()
                        .map(SiteThread::stats)
                        .mapToLong(site -> site.refusals())
                        .sum(),
                "reason",
                "queue_full");
        for (Retry reason : Retry.values()) {
            scrape.counter(
                    "farad_txn_retried_total",
                    "Runs of a transaction that began anew without its client noticing",
                    stats.retries(reason),
                    "reason",
                    reason.name().toLowerCase(ROOT));
        }
        for (Stage stage : Stage.values()) {
            scrape.histogram(
                    "farad_txn_stage_seconds",
                    "Time in each stage of one in 64 transactions of one partition",
                    stats.stage(stage),
                    Buckets.INNER_SECONDS,
                    "stage",
                    stage.name().toLowerCase(ROOT));
        }
        scrape.histogram(
                "farad_multi_partition_participants",
                "Partitions touched by each transaction that may touch several",
                stats.participants(),
                Buckets.COUNTS);
        statements(scrape, engine);
    }

    private static void durations(Scrape scrape, TransactionStats stats) {
        for (Kind kind : Kind.values()) {
            for (boolean readOnly : new boolean[] {true, false}) {
                for (Outcome outcome : Outcome.values()) {
                    Distribution nanos = stats.durations(kind, readOnly, outcome);
                    if (nanos != null) {
                        scrape.histogram(
                                "farad_txn_duration_seconds",
                                "Transactions, each once, by the time from its begin to its end",
                                nanos,
                                Buckets.CLIENT_SECONDS,
                                "kind",
                                kind.name().toLowerCase(ROOT),
                                "access",
                                readOnly ? "ro" : "rw",
                                "outcome",
                                outcome.name().toLowerCase(ROOT));
                    }
                }
            }
        }
    }

    private static void statements(Scrape scrape, Engine engine) {
        scrape.counter(
                "farad_statement_failures_total",
                "Statements that ended with an error, those that could not be understood too",
                engine.sessionStats().failures());
        String plans = "Look-ups of a statement's plan";
        scrape.counter("farad_plan_cache_total", plans, engine.planCache().hits(), "result", "hit");
        scrape.counter(
                "farad_plan_cache_total", plans, engine.planCache().misses(), "result", "miss");
        scrape.gauge("farad_plan_cache_entries", "Plans that are kept", engine.planCache().size());
        String rows = "Rows that COPY moved";
        scrape.counter(
                "farad_copy_rows_total",
                rows,
                engine.sessionStats().rowsCopiedIn(),
                "direction",
                "in");
        scrape.counter(
                "farad_copy_rows_total",
                rows,
                engine.sessionStats().rowsCopiedOut(),
                "direction",
                "out");
    }
}
