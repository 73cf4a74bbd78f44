/**
 * The log of a partition: an interface with three faces (one local copy, a consensus group, a
 * simulation) and what is common to them. Imports error, time, stats and codec.
 */
@NullMarked
package io.faraddb.engine.log;

import org.jspecify.annotations.NullMarked;
