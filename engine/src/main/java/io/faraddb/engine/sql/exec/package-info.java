/**
 * How statements run: expressions compiled to evaluators, and what an operator sees while it runs.
 * Imports bind and below. The operators are in the packages below this one.
 */
@NullMarked
package io.faraddb.engine.sql.exec;

import org.jspecify.annotations.NullMarked;
