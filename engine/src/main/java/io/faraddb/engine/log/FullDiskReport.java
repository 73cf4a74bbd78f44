package io.faraddb.engine.log;

import io.faraddb.engine.time.TimeSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that the disk is full and once that it no longer is, however many appends are refused
 * in between. For the thread that writes the log only.
 */
final class FullDiskReport {

    /** Small entries may still fit where larger ones do not: those alone end nothing. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(FullDiskReport.class);

    private final TimeSource time;
    private boolean full;
    private long refusedNanos;

    FullDiskReport(TimeSource time) {
        this.time = time;
    }

    /** An append was refused for want of room. */
    void refused(String reason) {
        if (!full) {
            full = true;
            LOG.warn("The disk of the log is full, writes are refused: {}", reason);
        }
        refusedNanos = time.nanoTime();
    }

    /** Appends were written. */
    void committed() {
        if (full && time.nanoTime() - refusedNanos > QUIET_NANOS) {
            full = false;
            LOG.info("The disk of the log has room again, writes are taken");
        }
    }
}
