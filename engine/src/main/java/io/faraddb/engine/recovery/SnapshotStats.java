package io.faraddb.engine.recovery;

import io.faraddb.engine.snapshot.SnapshotManifest;
import io.faraddb.engine.stats.Histogram;
import java.util.concurrent.atomic.LongAdder;

/** What is counted of snapshots since the start. */
public final class SnapshotStats {

    private final Histogram nanos = new Histogram();
    private final LongAdder failures = new LongAdder();
    private volatile long lastBytes;
    private volatile long lastMicros;

    /** A snapshot that was there already at the start. */
    void found(SnapshotManifest manifest) {
        lastBytes = manifest.bytes();
        lastMicros = manifest.createdMicros();
    }

    void completed(SnapshotManifest manifest, long tookNanos) {
        nanos.record(tookNanos);
        found(manifest);
    }

    void failed() {
        failures.increment();
    }

    /** How long complete ones took. */
    public Histogram.Distribution nanos() {
        return nanos.distribution();
    }

    public long failures() {
        return failures.sum();
    }

    /** Of the newest complete one; 0 without one. */
    public long lastBytes() {
        return lastBytes;
    }

    /** When the newest complete one was begun, since 1970; 0 without one. */
    public long lastMicros() {
        return lastMicros;
    }
}
