package io.faraddb.engine.session;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.time.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Whether what a session runs has to stop: its statement, or those it runs on sites at a time. */
final class Cancellation implements Interruption {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final TimeSource time;
    private volatile boolean cancelled;
    private final AtomicInteger cancels = new AtomicInteger();
    private long deadlineNanos;
    private boolean limited;

    Cancellation(TimeSource time) {
        this.time = time;
    }

    /**
     * A statement begins.
     *
     * @param timeoutMillis 0 for no limit
     */
    void begin(long timeoutMillis) {
        cancelled = false;
        limited = timeoutMillis > 0;
        deadlineNanos = time.nanoTime() + timeoutMillis * NANOS_PER_MILLI;
    }

    /** Its client wants it to stop. From any thread. */
    void cancel() {
        cancelled = true;
        cancels.incrementAndGet();
    }

    /** The session ends: what sites run already goes on, as if its client had read the answer. */
    void close() {
        cancelled = true;
    }

    /**
     * For a statement that a site runs, beside others of the session: a cancellation stops all that
     * have begun.
     */
    Interruption onSite(Settings settings) {
        int before = cancels.get();
        long timeoutMillis = settings.statementTimeoutMillis();
        boolean timed = timeoutMillis > 0;
        long deadline = timed ? time.nanoTime() + timeoutMillis * NANOS_PER_MILLI : 0;
        return () -> check(cancels.get() != before, timed, deadline);
    }

    @Override
    public void check() {
        check(cancelled, limited, deadlineNanos);
    }

    private void check(boolean asked, boolean timed, long deadline) {
        if (asked) {
            throw new SqlException(
                    ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
        }
        if (timed && time.nanoTime() - deadline > 0) {
            throw new SqlException(
                    ErrorCode.QUERY_CANCELED, "canceling statement due to statement timeout");
        }
    }
}
