/** The web console's pages. Speaks REST only. */
@NullMarked
package io.faraddb.console;

import org.jspecify.annotations.NullMarked;
