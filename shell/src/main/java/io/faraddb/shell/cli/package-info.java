/**
 * Command lines: cutting them into words, finding the command and its options, running it, and what
 * the process answers. Commands themselves are in {@code command}.
 */
@NullMarked
package io.faraddb.shell.cli;

import org.jspecify.annotations.NullMarked;
