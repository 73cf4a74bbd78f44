package io.faraddb.console.snapshot;

import java.util.List;

/**
 * Takes, lists, verifies, restores and deletes snapshots. What can't be done is told by an
 * exception.
 */
public interface SnapshotSource {

    /** Complete ones, the oldest first, then the one that is being written or has failed. */
    List<Snapshot> list();

    Snapshot find(long id);

    /** Begins one; it is written after the call. */
    Snapshot create(String label);

    /** Reads all of it. Takes its time. */
    Snapshot verify(long id);

    /**
     * Has the next start put one in the place of all that the node holds, which is set aside. Reads
     * all of it first. Until then nothing changes.
     */
    Snapshot restore(long id);

    /** Takes that back. */
    void withdrawRestore();

    void delete(long id);
}
