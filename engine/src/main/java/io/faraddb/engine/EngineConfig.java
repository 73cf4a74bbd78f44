package io.faraddb.engine;

import io.faraddb.engine.site.SiteLimits;

/**
 * What an engine is made with.
 *
 * @param partitions fixed when the database is made
 * @param plansMax plans kept in the cache
 */
public record EngineConfig(int partitions, SiteLimits siteLimits, int plansMax) {

    public static final int PLANS_MAX_DEFAULT = 5_000;

    public static EngineConfig of(int partitions) {
        return new EngineConfig(partitions, SiteLimits.DEFAULT, PLANS_MAX_DEFAULT);
    }
}
