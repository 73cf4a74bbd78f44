package io.faraddb.engine.session;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.stats.TransactionStats.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What sessions count beside their transactions. */
public final class SessionStats {

    private final LongAdder failed = new LongAdder();
    private final LongAdder rowsCopiedIn = new LongAdder();
    private final LongAdder rowsCopiedOut = new LongAdder();
    private final AtomicInteger open = new AtomicInteger();

    /** How a transaction ended that failed so; null if it did not fail. */
    static Outcome outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return Outcome.COMMITTED;
        }
        if (!(failure instanceof SqlException refused)) {
            return Outcome.FAILED;
        }
        return switch (refused.code()) {
            case SERIALIZATION_FAILURE -> Outcome.CONFLICT;
            case TRANSACTION_RESOLUTION_UNKNOWN -> Outcome.UNKNOWN;
            default -> Outcome.FAILED;
        };
    }

    void failed() {
        failed.increment();
    }

    void copiedIn(long rows) {
        rowsCopiedIn.add(rows);
    }

    void copiedOut(long rows) {
        rowsCopiedOut.add(rows);
    }

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** Statements that ended with an error, those that could not be understood too. */
    public long failures() {
        return failed.sum();
    }

    /** Rows that COPY FROM has taken in. */
    public long rowsCopiedIn() {
        return rowsCopiedIn.sum();
    }

    /** Rows that COPY TO has handed out. */
    public long rowsCopiedOut() {
        return rowsCopiedOut.sum();
    }

    public int openSessions() {
        return open.get();
    }
}
