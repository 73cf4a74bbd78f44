package io.faraddb.engine.site;

import java.time.Duration;

/**
 * The bounds of a site.
 *
 * @param queueMax transactions waiting for the site; more are refused with 53000
 * @param entryBytesTarget a batch of this size becomes an entry at once if one may be sent
 * @param entriesInFlightMax entries sent to the log and not committed
 * @param batchBytesMax a batch of this size takes no more transactions until an entry may be sent
 * @param executionMax how long one transaction may run on the site
 */
public record SiteLimits(
        int queueMax,
        int entryBytesTarget,
        int entriesInFlightMax,
        int batchBytesMax,
        Duration executionMax) {

    public static final SiteLimits DEFAULT =
            new SiteLimits(65_536, 64 << 10, 2, 4 << 20, Duration.ofSeconds(5));

    public SiteLimits withQueueMax(int transactions) {
        return new SiteLimits(
                transactions, entryBytesTarget, entriesInFlightMax, batchBytesMax, executionMax);
    }

    public SiteLimits withExecutionMax(Duration time) {
        return new SiteLimits(queueMax, entryBytesTarget, entriesInFlightMax, batchBytesMax, time);
    }
}
