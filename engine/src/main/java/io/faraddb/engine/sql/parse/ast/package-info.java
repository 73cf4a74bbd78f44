/**
 * The syntax tree: what was written, nothing that was found out about it.
 *
 * <p>Every node is a record that carries its 1-based position in characters of the statement text.
 * Names are folded to lower case unless they were quoted. Imports nothing of the engine.
 */
@NullMarked
package io.faraddb.engine.sql.parse.ast;

import org.jspecify.annotations.NullMarked;
