package io.faraddb.engine.site;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.time.TimeSource;
import java.time.Duration;

/** How long the transaction on a site has run, and whether it has to stop. */
public final class SiteWatch {

    private static final int READ_CLOCK_EVERY = 64;

    private final TimeSource time;
    private final long limitNanos;
    private long startedNanos;
    private boolean started;
    private int calls;

    SiteWatch(TimeSource time, Duration limit) {
        this.time = time;
        this.limitNanos = limit.toNanos();
    }

    void begin() {
        started = false;
        calls = 0;
    }

    void end() {
        started = false;
    }

    /**
     * Called from loops on the site's thread.
     *
     * @throws SqlException 57014 when the time is over
     */
    public void check() {
        if (++calls % READ_CLOCK_EVERY != 0 && started) {
            return;
        }
        long now = time.nanoTime();
        if (!started) {
            started = true;
            startedNanos = now;
        } else if (now - startedNanos > limitNanos) {
            throw new SqlException(
                            ErrorCode.QUERY_CANCELED,
                            "canceling statement: it ran longer than "
                                    + Duration.ofNanos(limitNanos).toMillis()
                                    + " ms on its partition")
                    .hint("Make it shorter, or raise farad.limits.execution-time.");
        }
    }
}
