/**
 * One partition's rows in memory: the persistent B+tree, tables and indexes, overlays, snapshots
 * and the changes that move a partition from one state to the next. One thread, the partition's
 * site, writes; snapshots are read by any thread. Imports error, codec, type and catalog.
 */
@NullMarked
package io.faraddb.engine.storage;

import org.jspecify.annotations.NullMarked;
