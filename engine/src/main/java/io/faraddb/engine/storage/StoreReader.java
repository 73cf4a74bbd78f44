package io.faraddb.engine.storage;

import org.jspecify.annotations.Nullable;

/** Committed rows: those of now, for the site's thread, or those of a snapshot, for any. */
sealed interface StoreReader permits PartitionStore, StoreSnapshot {

    /** Rows by primary key; null if the partition has no such table. */
    @Nullable TreeReader rows(int table);

    /** An index of a table that is there. */
    TreeReader index(int table, int index);

    /** Version of the last write to a table. */
    long lastWriteVersion(int table);
}
