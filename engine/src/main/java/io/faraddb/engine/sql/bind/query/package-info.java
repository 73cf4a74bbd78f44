/**
 * Queries: FROM and its names, grouping, set operations, order. Imports bind.expression and below.
 */
@NullMarked
package io.faraddb.engine.sql.bind.query;

import org.jspecify.annotations.NullMarked;
