package io.faraddb.engine.log;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for logs that have threads of their own. */
public final class Waiting {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    private Waiting() {}

    /** Waits until something holds that several logs bring about, or none. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        until(new RecordingListener(), condition);
    }

    public static void until(RecordingListener listener, BooleanSupplier condition)
            throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > AT_MOST.toNanos()) {
                throw new AssertionError("waited in vain; heard " + listener.indexes());
            }
            listener.awaitNews(1);
        }
    }
}
