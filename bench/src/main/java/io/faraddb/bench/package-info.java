/** JMH benchmarks and load drivers. */
@NullMarked
package io.faraddb.bench;

import org.jspecify.annotations.NullMarked;
