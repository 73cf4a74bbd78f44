/**
 * Counts and distributions without a metrics framework: written on hot paths without locks, read by
 * whoever shows them. Imports only time.
 */
@NullMarked
package io.faraddb.engine.stats;

import org.jspecify.annotations.NullMarked;
