/** The library of all functions that come with the engine. Imports the packages beside it. */
@NullMarked
package io.faraddb.engine.sql.function.builtin;

import org.jspecify.annotations.NullMarked;
