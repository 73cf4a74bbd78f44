/**
 * Statements run from the browser. {@link io.faraddb.console.sql.SqlSource} is implemented by the
 * node.
 */
@NullMarked
package io.faraddb.console.sql;

import org.jspecify.annotations.NullMarked;
