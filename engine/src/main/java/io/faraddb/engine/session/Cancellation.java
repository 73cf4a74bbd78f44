package io.faraddb.engine.session;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.exec.Execution.Interruption;
import io.faraddb.engine.time.TimeSource;

/** Whether the statement that a session runs on its own thread has to stop. */
final class Cancellation implements Interruption {

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final TimeSource time;
    private volatile boolean cancelled;
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

    /** From any thread. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public void check() {
        if (cancelled) {
            throw new SqlException(
                    ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
        }
        if (limited && time.nanoTime() - deadlineNanos > 0) {
            throw new SqlException(
                    ErrorCode.QUERY_CANCELED, "canceling statement due to statement timeout");
        }
    }
}
