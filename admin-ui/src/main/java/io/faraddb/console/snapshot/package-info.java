/**
 * Snapshots on disk. {@link io.faraddb.console.snapshot.SnapshotSource} is implemented by the node.
 */
@NullMarked
package io.faraddb.console.snapshot;

import org.jspecify.annotations.NullMarked;
