package io.faraddb.engine.snapshot;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.log.LogPosition;
import java.util.Map;
import java.util.TreeMap;

/**
 * A snapshot that is being written. Partitions may be written side by side, each by one thread;
 * then {@link #commit} makes it a snapshot. Closed without that, nothing is left of it.
 */
public final class SnapshotBuilder implements AutoCloseable {

    private final SnapshotStore store;
    private final Disk disk;
    private final SnapshotManifest begun;
    private final SnapshotFileWriter.Options options;
    private final Map<Integer, SnapshotFileWriter> writers = new TreeMap<>();
    private volatile boolean cancelled;
    private boolean ended;

    SnapshotBuilder(
            SnapshotStore store,
            Disk disk,
            SnapshotManifest begun,
            WriteRate rate,
            SnapshotProgress progress) {
        this.store = store;
        this.disk = disk;
        this.begun = begun;
        this.options = new SnapshotFileWriter.Options(rate, progress, () -> cancelled);
    }

    public long snapshot() {
        return begun.snapshot();
    }

    /**
     * Begins a partition's file.
     *
     * @param position of the last entry that is in it
     */
    public synchronized SnapshotFileWriter partition(
            int partition, LogPosition position, long catalogVersion) {
        Invariant.check(!ended, "a snapshot that has ended takes no partition");
        if (cancelled) {
            throw SnapshotErrors.cancelled();
        }
        Invariant.check(!writers.containsKey(partition), "a partition is written once");
        SnapshotFileWriter writer =
                new SnapshotFileWriter(
                        disk, options, begun.snapshot(), partition, position, catalogVersion);
        writers.put(partition, writer);
        return writer;
    }

    /** The threads that write stop with QUERY_CANCELED at the next block. */
    public void cancel() {
        cancelled = true;
    }

    /** Writes the manifest, when all partitions are finished, and deletes what is too old. */
    public synchronized SnapshotManifest commit() {
        Invariant.check(!ended, "a snapshot ends once");
        if (cancelled) {
            throw SnapshotErrors.cancelled();
        }
        SnapshotManifest manifest =
                new SnapshotManifest(
                        begun.snapshot(),
                        begun.createdMicros(),
                        begun.kept(),
                        begun.label(),
                        writers.values().stream().map(SnapshotFileWriter::finished).toList());
        store.commit(manifest);
        ended = true;
        return manifest;
    }

    /** Removes what was written, unless it was committed. */
    @Override
    public synchronized void close() {
        if (!ended) {
            ended = true;
            cancelled = true;
            writers.values().forEach(SnapshotFileWriter::close);
            store.abandon(begun.snapshot());
        }
    }
}
