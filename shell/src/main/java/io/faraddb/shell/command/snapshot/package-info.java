/** Snapshots on disk: take, list, verify, delete, and why a running node restores none. */
@NullMarked
package io.faraddb.shell.command.snapshot;

import org.jspecify.annotations.NullMarked;
