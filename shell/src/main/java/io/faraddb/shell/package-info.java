/** The farad command. Speaks REST and the PostgreSQL protocol only. */
@NullMarked
package io.faraddb.shell;

import org.jspecify.annotations.NullMarked;
