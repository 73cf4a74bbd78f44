package io.faraddb.console.cluster;

import java.util.List;

/** Nodes, and which has which partition. */
public record Topology(List<Node> nodes, List<Partition> partitions) {

    /** A member of the cluster. */
    public record Node(String name, NodeStatus.State state) {}

    /**
     * A partition.
     *
     * @param available whether it takes work
     * @param appliedIndex of the last entry of its log that is applied
     * @param queueDepth transactions that wait for its thread
     * @param busyShare of the last seconds that its thread worked, 0 to 1
     * @param transactions that its thread ran since the start
     */
    public record Partition(
            int id,
            String leader,
            List<String> replicas,
            boolean available,
            long appliedIndex,
            int queueDepth,
            double busyShare,
            long transactions) {}
}
