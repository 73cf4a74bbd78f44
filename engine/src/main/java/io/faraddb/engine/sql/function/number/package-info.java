/** Arithmetic and mathematics. Imports function, library and below. */
@NullMarked
package io.faraddb.engine.sql.function.number;

import org.jspecify.annotations.NullMarked;
