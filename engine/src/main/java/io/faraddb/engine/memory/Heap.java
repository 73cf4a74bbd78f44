package io.faraddb.engine.memory;

import java.util.function.LongConsumer;

/** The memory that all objects share. */
interface Heap {

    long maxBytes();

    /** Bytes that objects take, dead ones too. */
    long usedBytes();

    /** Bytes that the system has given, whether objects take them or not. */
    long committedBytes();

    /** Makes an object of so many bytes and forgets it. */
    void makeGarbage(int bytes);

    /**
     * Asks the collector to work before objects, dead ones too, take more than this. They may, when
     * more lives or it can't keep up.
     */
    void aim(long bytes);

    /** Frees what dead objects take; returns when it is done. */
    void collect();

    /**
     * Has somebody told after each collection, whoever asked for it.
     *
     * @param usedBytes takes what was left
     * @return ends the telling
     */
    Runnable onCollected(LongConsumer usedBytes);
}
