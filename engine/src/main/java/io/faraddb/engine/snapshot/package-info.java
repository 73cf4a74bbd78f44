/**
 * Snapshots on disk: one file per partition, and a manifest that is written last, so a snapshot is
 * there whole or not at all. Files are written aside, synced, renamed, and verified to the last
 * byte before anything of them is used. Knows rows as bytes; imports error, time, disk and log. Has
 * no threads of its own: a file is written and read by the thread that asks.
 */
@NullMarked
package io.faraddb.engine.snapshot;

import org.jspecify.annotations.NullMarked;
