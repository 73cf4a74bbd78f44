/**
 * The node and its partitions: how they are, where the ring's tokens are, what happened lately.
 * {@link io.faraddb.console.cluster.ClusterSource} is implemented by the node.
 */
@NullMarked
package io.faraddb.console.cluster;

import org.jspecify.annotations.NullMarked;
