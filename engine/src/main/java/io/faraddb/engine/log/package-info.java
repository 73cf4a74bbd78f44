/**
 * The log of a partition: an interface with three faces (one local copy, a consensus group, a
 * simulation) and what is common to them. Imports error, time, stats and disk.
 *
 * <p>The local log, {@link io.faraddb.engine.log.LocalLogStore}, has these threads, all named
 * {@code farad-log-}: {@code writer} takes appends from a bounded queue (see {@link
 * io.faraddb.engine.log.LocalLogSettings}), writes and syncs them in batches, calls listeners and
 * completes futures; {@code prepare} makes the next segment ready and takes back old ones; {@code
 * replay-N} hands a partition what earlier runs wrote, and ends.
 */
@NullMarked
package io.faraddb.engine.log;

import org.jspecify.annotations.NullMarked;
