/** Benchmarks of one partition's storage on one thread. */
@NullMarked
package io.faraddb.bench.storage;

import org.jspecify.annotations.NullMarked;
