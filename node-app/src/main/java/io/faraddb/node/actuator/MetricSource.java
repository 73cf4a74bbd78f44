package io.faraddb.node.actuator;

/** What tells some of the node's metrics. Asked at each scrape, while the engine is open. */
interface MetricSource {

    void tell(Scrape scrape);
}
