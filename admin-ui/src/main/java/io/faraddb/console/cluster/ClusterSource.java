package io.faraddb.console.cluster;

/** Tells how the cluster is. */
public interface ClusterSource {

    NodeStatus status();

    Topology topology();

    RingMap ring();

    LogState log();

    /** What happened, in order of time. */
    History history(Window window);
}
