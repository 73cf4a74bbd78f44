/** Functions of the rows of a group. Imports function, library, number and below. */
@NullMarked
package io.faraddb.engine.sql.function.aggregate;

import org.jspecify.annotations.NullMarked;
