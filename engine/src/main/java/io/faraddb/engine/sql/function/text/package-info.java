/** Strings, patterns and bytes. Imports function, library and below. */
@NullMarked
package io.faraddb.engine.sql.function.text;

import org.jspecify.annotations.NullMarked;
