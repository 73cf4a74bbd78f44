/** The load of the voter example: telephone numbers vote for contestants. */
@NullMarked
package io.faraddb.bench.load.voter;

import org.jspecify.annotations.NullMarked;
