/**
 * PostgreSQL's dialect, and the little that VoltDB adds to it, as a syntax tree.
 *
 * <p>{@link io.faraddb.engine.sql.parse.SqlParser} is the door: recursive descent, with precedence
 * climbing for expressions. What PostgreSQL refuses with a syntax error is refused with the same
 * words at the same position; what it accepts and FaradDB has not got becomes an {@code
 * Unsupported} node that is refused by its name. {@link io.faraddb.engine.sql.parse.StatementText}
 * lifts the literals out of a statement so that the plan cache meets the same text again. Pure: no
 * catalog, no I/O, no threads. Imports error and type.
 */
@NullMarked
package io.faraddb.engine.sql.parse;

import org.jspecify.annotations.NullMarked;
