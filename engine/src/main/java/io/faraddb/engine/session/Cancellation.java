package io.faraddb.engine.session;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.time.TimeSource;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether what a session runs has to stop: its statement, or those it runs on sites at a time.
 *
 * <p>A cancellation counts for all that its client waits for: from the first request after the
 * session was idle to the end of the pipeline that it belongs to (Sync). Planning is a part of
 * that, so a client that cancels early has cancelled. One that comes while the session is idle does
 * nothing.
 */
final class Cancellation implements Interruption {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final TimeSource time;
    private final AtomicInteger cancels = new AtomicInteger();

    /** How many cancellations had come when the pipeline began that runs now. */
    private volatile int cancelsBefore;

    private volatile boolean closed;
    private long deadlineNanos;
    private boolean limited;

    Cancellation(TimeSource time) {
        this.time = time;
    }

    /** A pipeline begins: what was cancelled before does not count for it. */
    void beginPipeline() {
        cancelsBefore = cancels.get();
    }

    /**
     * A statement begins.
     *
     * @param timeoutMillis 0 for no limit
     */
    void begin(long timeoutMillis) {
        limited = timeoutMillis > 0;
        deadlineNanos = time.nanoTime() + timeoutMillis * NANOS_PER_MILLI;
    }

    /** Its client wants it to stop. From any thread. */
    void cancel() {
        cancels.incrementAndGet();
    }

    /** The session ends: what sites run already goes on, as if its client had read the answer. */
    void close() {
        closed = true;
    }

    /** For a read whose rows are computed while the session goes on. */
    Interruption ofStream(Settings settings) {
        Interruption asked = onSite(settings);
        return () -> {
            if (closed) {
                throw new SqlException(ErrorCode.QUERY_CANCELED, "the session has ended");
            }
            asked.check();
        };
    }

    /** For a statement that a site runs, beside others of the session, of later pipelines too. */
    Interruption onSite(Settings settings) {
        int before = cancelsBefore;
        long timeoutMillis = settings.statementTimeoutMillis();
        boolean timed = timeoutMillis > 0;
        long deadline = timed ? time.nanoTime() + timeoutMillis * NANOS_PER_MILLI : 0;
        return () -> check(cancels.get() != before, timed, deadline);
    }

    @Override
    public void check() {
        check(closed || cancels.get() != cancelsBefore, limited, deadlineNanos);
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
