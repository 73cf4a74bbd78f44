/**
 * From the files of earlier runs to a running database, and back: {@link
 * io.faraddb.engine.recovery.Recovery} loads the newest good snapshot, from which the logs go on;
 * {@link io.faraddb.engine.recovery.Snapshots} takes new ones while the database runs, by schedule
 * and on demand, and lets the logs forget what the two newest hold.
 *
 * <p>Invariant: the logs reach back to the older of the two newest snapshots, so that a damaged
 * file of the newest costs nothing. A snapshot is one consistent moment of all partitions.
 *
 * <p>Threads: {@code farad-snapshot} decides and writes; {@code farad-load-N}, as many as there are
 * cores, read the partitions' files at the start and end. Imports control and below.
 */
@NullMarked
package io.faraddb.engine.recovery;

import org.jspecify.annotations.NullMarked;
