package io.faraddb.engine;

import io.faraddb.engine.memory.MemoryLimits;
import io.faraddb.engine.recovery.SnapshotPolicy;
import io.faraddb.engine.site.SiteLimits;

/**
 * What an engine is made with.
 *
 * @param partitions fixed when the database is made
 * @param plansMax plans kept in the cache
 * @param snapshotPolicy when snapshots are taken by themselves
 * @param memory what statements may hold
 */
public record EngineConfig(
        int partitions,
        SiteLimits siteLimits,
        int plansMax,
        SnapshotPolicy snapshotPolicy,
        MemoryLimits memory) {

    public static final int PLANS_MAX_DEFAULT = 5_000;

    public static EngineConfig of(int partitions) {
        return new EngineConfig(
                partitions,
                SiteLimits.DEFAULT,
                PLANS_MAX_DEFAULT,
                SnapshotPolicy.DEFAULT,
                MemoryLimits.NONE);
    }

    public EngineConfig withSiteLimits(SiteLimits limits) {
        return new EngineConfig(partitions, limits, plansMax, snapshotPolicy, memory);
    }

    public EngineConfig withSnapshotPolicy(SnapshotPolicy policy) {
        return new EngineConfig(partitions, siteLimits, plansMax, policy, memory);
    }

    public EngineConfig withMemory(MemoryLimits limits) {
        return new EngineConfig(partitions, siteLimits, plansMax, snapshotPolicy, limits);
    }
}
