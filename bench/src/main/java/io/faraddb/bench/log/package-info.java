/** How fast logs take entries as a site packs them. */
@NullMarked
package io.faraddb.bench.log;

import org.jspecify.annotations.NullMarked;
