package io.faraddb.engine.time;

/** The only clock. */
public interface TimeSource {

    /** Nanoseconds that only grow, with no fixed origin; for durations. */
    long nanoTime();

    /** Microseconds since 1970-01-01T00:00:00Z; may jump with the machine's clock. */
    long epochMicros();
}
