/** How much statements may hold, and whether the heap has room. */
@NullMarked
package io.faraddb.engine.memory;

import org.jspecify.annotations.NullMarked;
