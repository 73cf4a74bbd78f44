/**
 * Rows of files into tables.
 *
 * <p>One thread cuts the file into batches, {@code load-N} threads, each with a connection of its
 * own, write them; between them is a queue of two batches a thread. A batch takes effect whole or
 * not at all. One that fails is parted where the server says, or in the middle, until the rows at
 * fault stand alone: these are rejected, all others are in the table exactly once. A batch whose
 * outcome nobody knows ends the load and is named.
 */
@NullMarked
package io.faraddb.shell.load;

import org.jspecify.annotations.NullMarked;
