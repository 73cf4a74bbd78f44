package io.faraddb.console.cluster;

import java.time.Instant;
import java.util.List;

/**
 * How a node is.
 *
 * @param verdict one sentence about it all
 * @param concerns what somebody should look after, each a sentence with what to do
 * @param replicas copies of each partition
 * @param openSessions of clients of every kind
 * @param transactionsInFlight that have begun and not ended
 * @param transactions that ended since the start
 * @param failedStatements since the start, those that could not be understood too
 * @param catalogVersion grows with each change of the schema
 */
public record NodeStatus(
        String version,
        String node,
        State state,
        String verdict,
        List<String> concerns,
        Instant startedAt,
        long uptimeSeconds,
        int partitions,
        int replicas,
        int openSessions,
        long transactionsInFlight,
        long transactions,
        long failedStatements,
        long catalogVersion) {

    /** Whether a node does its work. */
    public enum State {
        /** All of it. */
        UP,
        /** Some partitions, or reads only. */
        DEGRADED,
        /** Nothing. */
        DOWN
    }
}
