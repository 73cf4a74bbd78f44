/**
 * The log of a partition with replicas on several nodes: {@link
 * io.faraddb.engine.replication.RatisLog} over Apache Ratis, a Raft group for each partition. No
 * type of Ratis shows outside. Imports log and what is below it.
 */
@NullMarked
package io.faraddb.engine.replication;

import org.jspecify.annotations.NullMarked;
