/**
 * The one thread that owns a partition.
 *
 * <p>Each site runs on a platform thread named {@code site-PARTITION}. It takes transactions from a
 * bounded queue and control messages (what the log has committed, votes, decisions, holds) from one
 * that is bounded by those who wait for their answers. A transaction that writes runs on an overlay
 * over the committed tree and what is pending; its changes join the open batch; the batch becomes a
 * log entry; when the log has committed it, {@link io.faraddb.engine.site.Partition#apply} puts it
 * into the tree and the answers go out. Imports log, storage and below.
 */
@NullMarked
package io.faraddb.engine.site;

import org.jspecify.annotations.NullMarked;
