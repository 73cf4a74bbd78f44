package io.faraddb.engine.stats;

/**
 * Follows one transaction from stage to stage. Whoever hands the transaction on to another thread
 * hands this on with it.
 */
public final class StageTrace {

    private final TransactionStats stats;
    private long sinceNanos;

    StageTrace(TransactionStats stats, long sinceNanos) {
        this.stats = stats;
        this.sinceNanos = sinceNanos;
    }

    /** A stage is over, the next one begins. */
    public void passed(TransactionStats.Stage stage) {
        long now = stats.now();
        stats.passed(stage, now - sinceNanos);
        sinceNanos = now;
    }
}
