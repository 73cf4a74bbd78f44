package io.faraddb.engine.disk;

import java.io.IOException;
import java.util.List;

/**
 * One directory of files. What is written is durable after {@link DiskFile#sync}; which names exist
 * is durable after {@link #sync}. Safe for use by several threads.
 */
public interface Disk {

    /**
     * What is written before it is synced, or deleted in one step, by those who are not in a hurry:
     * a device does things in their order, so that the syncs of a log wait for all of it.
     */
    int STEP_BYTES = 1 << 20;

    /** Names of all files, in no particular order. */
    List<String> list() throws IOException;

    /** Makes a file, which must not exist. */
    DiskFile create(String name) throws IOException;

    /** Opens a file, which must exist, for reading and writing. */
    DiskFile open(String name) throws IOException;

    /** Gives a file a new name in one step; a file of that name is replaced. */
    void rename(String from, String to) throws IOException;

    /** Does nothing when there is no such file. */
    void delete(String name) throws IOException;

    /** Makes creations, renames and deletions durable. */
    void sync() throws IOException;
}
