/** Reads and writes of single rows by key. */
@NullMarked
package io.faraddb.bench.load.kv;

import org.jspecify.annotations.NullMarked;
