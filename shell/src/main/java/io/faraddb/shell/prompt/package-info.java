/**
 * The shell that keeps running: a prompt for statements, commands and what begins with a backslash.
 *
 * <p>All on the main thread, but that Ctrl-C cancels a running statement, or interrupts a command,
 * from the terminal's signal thread. Names for completion come over a connection of their own, so
 * that pressing a key changes nothing in an open transaction.
 */
@NullMarked
package io.faraddb.shell.prompt;

import org.jspecify.annotations.NullMarked;
