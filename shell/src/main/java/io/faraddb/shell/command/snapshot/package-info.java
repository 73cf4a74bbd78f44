/** Snapshots on disk: take, list, verify, restore, delete. */
@NullMarked
package io.faraddb.shell.command.snapshot;

import org.jspecify.annotations.NullMarked;
