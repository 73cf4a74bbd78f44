/**
 * A lean client of the PostgreSQL protocol: logs in, prepares, and then sends calls without waiting
 * for the answers to those before. Answers are scanned where they arrive, without an object for
 * each. Speaks without TLS. A connection belongs to one thread at a time; none are started here.
 */
@NullMarked
package io.faraddb.bench.wire;

import org.jspecify.annotations.NullMarked;
