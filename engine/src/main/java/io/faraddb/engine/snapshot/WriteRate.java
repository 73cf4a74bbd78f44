package io.faraddb.engine.snapshot;

import io.faraddb.engine.time.TimeSource;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the writing of snapshots below a rate, so that the log, which shares the disk, is not
 * starved. For all threads that write one snapshot.
 */
final class WriteRate {

    /** A wait of less is put off until it adds up. */
    private static final long PAUSE_NANOS_MIN = 1_000_000;

    private final TimeSource time;
    private final long bytesPerSecond;
    private long freeAt;

    /**
     * @param bytesPerSecond 0 for no bound
     */
    WriteRate(TimeSource time, long bytesPerSecond) {
        this.time = time;
        this.bytesPerSecond = bytesPerSecond;
        this.freeAt = time.nanoTime();
    }

    /**
     * Counts bytes.
     *
     * @return nanoseconds to wait before more are written
     */
    synchronized long count(long bytes) {
        if (bytesPerSecond == 0) {
            return 0;
        }
        long now = time.nanoTime();
        freeAt = Math.max(freeAt, now) + (long) (bytes * 1e9 / bytesPerSecond);
        return freeAt - now;
    }

    /** Counts bytes and waits as long as the rate asks. */
    void spend(long bytes) {
        long nanos = count(bytes);
        if (nanos >= PAUSE_NANOS_MIN) {
            LockSupport.parkNanos(this, nanos);
        }
    }
}
