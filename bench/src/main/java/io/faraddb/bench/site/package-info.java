/**
 * What a partition's thread does without a network: transactions from a session to the synced log
 * and back.
 */
@NullMarked
package io.faraddb.bench.site;

import org.jspecify.annotations.NullMarked;
