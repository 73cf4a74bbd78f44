package io.faraddb.engine.log;

/** When a local log tells that an entry is committed. */
public enum Durability {
    /** When it is synced: it survives a power failure. */
    SYNC,
    /**
     * When the operating system has it; synced at intervals. It survives the end of the process,
     * but a power failure can take the last interval.
     */
    INTERVAL,
    /** When the operating system has it; synced only at the end of a segment. */
    OFF
}
