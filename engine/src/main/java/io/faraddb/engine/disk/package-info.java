/**
 * Files, injected: a flat directory of files with positioned reads and writes and explicit syncs,
 * so that the log and the snapshots run on a simulated disk with faults as well. Imports nothing of
 * the engine.
 */
@NullMarked
package io.faraddb.engine.disk;

import org.jspecify.annotations.NullMarked;
