package io.faraddb.engine.log;

import io.faraddb.engine.stats.Histogram;
import java.util.concurrent.atomic.LongAdder;

/** What a local log counts, from when it was opened. */
public final class LogStats {

    private final LongAdder entries = new LongAdder();
    private final LongAdder refusedAppends = new LongAdder();
    private final LongAdder backpressure = new LongAdder();
    private volatile boolean diskFull;
    private final LongAdder writtenBytes = new LongAdder();
    private final LongAdder sealedSegments = new LongAdder();
    private final LongAdder reclaimedSegments = new LongAdder();
    private final Histogram batchEntries = new Histogram();
    private final Histogram writeNanos = new Histogram();
    private final Histogram syncNanos = new Histogram();

    /** Entries that were committed. */
    public long entries() {
        return entries.sum();
    }

    /** Appends that failed, for whatever reason. */
    public long refusedAppends() {
        return refusedAppends.sum();
    }

    /** Appends that were refused because too much waited to be written. */
    public long backpressure() {
        return backpressure.sum();
    }

    /** Whether the last append failed because the disk was full. */
    public boolean diskFull() {
        return diskFull;
    }

    /** Bytes written to segments, headers and padding included. */
    public long writtenBytes() {
        return writtenBytes.sum();
    }

    public long sealedSegments() {
        return sealedSegments.sum();
    }

    /** Segments that no partition needs any more, and that were deleted or used again. */
    public long reclaimedSegments() {
        return reclaimedSegments.sum();
    }

    /** Entries that were committed together. */
    public Histogram.Distribution batchEntries() {
        return batchEntries.distribution();
    }

    public Histogram.Distribution writeNanos() {
        return writeNanos.distribution();
    }

    /** How long syncs took; their count is that of the syncs. */
    public Histogram.Distribution syncNanos() {
        return syncNanos.distribution();
    }

    void queueFull() {
        backpressure.increment();
    }

    void diskFull(boolean isFull) {
        diskFull = isFull;
    }

    void committed(int count) {
        if (diskFull) {
            diskFull = false;
        }
        entries.add(count);
        batchEntries.record(count);
    }

    void refused() {
        refusedAppends.increment();
    }

    void wrote(int bytes, long nanos) {
        writtenBytes.add(bytes);
        writeNanos.record(nanos);
    }

    void synced(long nanos) {
        syncNanos.record(nanos);
    }

    void sealed() {
        sealedSegments.increment();
    }

    void reclaimed() {
        reclaimedSegments.increment();
    }
}
