package io.faraddb.console.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The log of a node.
 *
 * @param durability when a write is acknowledged: sync, interval or off
 * @param bytesPerSecond written in the last second
 * @param syncP50Seconds how long half of the last minute's syncs took at most; null without any
 * @param writtenBytes since the start
 * @param batchEntriesMean entries that share a sync, on average since the start
 * @param queuedAppends that wait to be written
 * @param refusedAppends since the start, for whatever reason
 * @param diskFull whether writes are refused because there is no room
 * @param freeDiskBytes that are left where the log is
 */
public record LogState(
        String durability,
        double bytesPerSecond,
        @Nullable Double syncP50Seconds,
        @Nullable Double syncP99Seconds,
        long writtenBytes,
        double batchEntriesMean,
        long syncs,
        int queuedAppends,
        long refusedAppends,
        boolean diskFull,
        long freeDiskBytes,
        long totalDiskBytes) {}
