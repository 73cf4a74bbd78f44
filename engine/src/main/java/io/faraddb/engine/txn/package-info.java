/**
 * Transactions that a client or a statement spreads over time or over partitions: snapshots,
 * overlays, validation, two-phase commit and consistent cuts. Runs on the caller's (virtual)
 * threads, which may wait. Imports site and below.
 */
@NullMarked
package io.faraddb.engine.txn;

import org.jspecify.annotations.NullMarked;
