package io.faraddb.engine.snapshot;

/** Hears how far a snapshot is. Called by the threads that write or read it. */
@FunctionalInterface
public interface SnapshotProgress {

    /** Does nothing. */
    SnapshotProgress NONE = (partition, rows, bytes) -> {};

    /** So many rows and bytes of a partition's file are done. */
    void advanced(int partition, long rows, long bytes);
}
