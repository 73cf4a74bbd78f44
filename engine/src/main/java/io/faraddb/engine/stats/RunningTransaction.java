package io.faraddb.engine.stats;

import io.faraddb.engine.stats.TransactionStats.Kind;
import io.faraddb.engine.stats.TransactionStats.Outcome;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A transaction that has begun. It is counted when it ends: once, whoever says so. */
public final class RunningTransaction {

    private final TransactionStats stats;
    private final Kind kind;
    private final long sinceNanos;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable Outcome spoiled;

    /** Begins one. */
    public RunningTransaction(TransactionStats stats, Kind kind) {
        this.stats = stats;
        this.kind = kind;
        this.sinceNanos = stats.now();
        stats.begun();
    }

    /** A step of it failed: however it ends, this is how it ended. The first failure counts. */
    public void spoil(Outcome failure) {
        if (spoiled == null) {
            spoiled = failure;
        }
    }

    /** It is over. */
    public void end(boolean readOnly, Outcome outcome) {
        if (over.compareAndSet(false, true)) {
            Outcome earlier = spoiled;
            stats.ended(kind, readOnly, earlier == null ? outcome : earlier, sinceNanos);
        }
    }

    /** It begins anew, as another one. */
    public void withdraw() {
        if (over.compareAndSet(false, true)) {
            stats.withdrawn();
        }
    }
}
