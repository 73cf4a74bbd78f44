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
    private volatile boolean idle;

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

    void idle(boolean nowIdle) {
        idle = nowIdle;
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

    /** Whether the thread waits for work at this moment. */
    public boolean idle() {
        return idle;
    }
}
