/**
 * Statements that read or write rows; {@link io.faraddb.engine.sql.bind.statement.Binder} is the
 * door. Imports bind.query and below.
 */
@NullMarked
package io.faraddb.engine.sql.bind.statement;

import org.jspecify.annotations.NullMarked;
