/**
 * Arrays, and functions that give rows. An array is a list, one of several dimensions a list of
 * lists. Imports function, library, text, time and below.
 */
@NullMarked
package io.faraddb.engine.sql.function.array;

import org.jspecify.annotations.NullMarked;
