package io.faraddb.engine.site;

import io.faraddb.engine.log.LogPosition;
import java.util.concurrent.atomic.LongAdder;

/** What a site counts. Written by its thread, read by any. */
public final class SiteStats {

    private final LongAdder executed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder entries = new LongAdder();
    private final LongAdder entryBytes = new LongAdder();
    private volatile long appliedIndex;
    private volatile boolean leads;
    private volatile boolean idle;
    private volatile long idleNanos;
    private volatile long idleSinceNanos;

    void executed(int transactions) {
        if (transactions > 0) {
            executed.add(transactions);
        }
    }

    void refused() {
        refused.increment();
    }

    void applied(LogPosition position, int records, int bytes) {
        appliedIndex = position.index();
        entries.increment();
        entryBytes.add(bytes);
    }

    void leads(boolean nowLeads) {
        leads = nowLeads;
    }

    void idleBegins(long nowNanos) {
        idleSinceNanos = nowNanos;
        idle = true;
    }

    void idleEnds(long nowNanos) {
        idle = false;
        idleNanos = idleNanos + nowNanos - idleSinceNanos;
    }

    public long transactions() {
        return executed.sum();
    }

    /** Transactions refused because the queue was full. */
    public long refusals() {
        return refused.sum();
    }

    public long entriesApplied() {
        return entries.sum();
    }

    public long bytesApplied() {
        return entryBytes.sum();
    }

    public long appliedIndex() {
        return appliedIndex;
    }

    /** Whether this node's copy leads the partition. */
    public boolean leads() {
        return leads;
    }

    /**
     * How long the thread has waited for work since the start. Near to it while that changes: to
     * show, not to reckon by.
     */
    public long idleNanos(long nowNanos) {
        long now = idle ? Math.max(0, nowNanos - idleSinceNanos) : 0;
        return idleNanos + now;
    }
}
