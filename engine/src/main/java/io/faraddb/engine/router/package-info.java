/**
 * From a statement or call to the partitions that run it: one site's queue if one partition is
 * enough, else an optimistic transaction over several. Imports txn and below.
 */
@NullMarked
package io.faraddb.engine.router;

import org.jspecify.annotations.NullMarked;
