/**
 * The log of a partition with replicas on several nodes, over Apache Ratis: a Raft group for each
 * partition, one Ratis server for each node.
 *
 * <p>Invariants. What is in a group's log was let in by {@link
 * io.faraddb.engine.replication.LeaderAppends}, whose order is the log's. What a listener hears, it
 * hears under one lock, in the order of {@link io.faraddb.engine.replication.Replica}. No type of
 * Ratis shows outside, and nothing else of the engine knows Ratis.
 *
 * <p>Threads. {@code farad-ratis-append-N} gives appends of partition N to Ratis, from a queue that
 * {@link io.faraddb.engine.replication.RatisSettings} bounds. Virtual threads {@code
 * farad-ratis-task-N} do what may wait: they leave groups, truncate, give up leads, ask other
 * members for their term, one question to each at a time. Ratis's own threads are called after the
 * node, {@code farad-NODE}, and call listeners: one for each group tells what is committed and the
 * beginning of a lead, any of them its end, the one that writes the log a failure of the disk. They
 * must not be kept. Those of its network layer belong to the process and have names of their own.
 *
 * <p>Imports log, disk and error.
 */
@NullMarked
package io.faraddb.engine.replication;

import org.jspecify.annotations.NullMarked;
