/** Where a key lives: MurmurHash3, the ring of tokens, partitions. Pure. Imports error and type. */
@NullMarked
package io.faraddb.engine.ring;

import org.jspecify.annotations.NullMarked;
