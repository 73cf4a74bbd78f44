/**
 * From syntax to meaning: names resolved against the catalog, types by PostgreSQL's rules, every
 * coercion explicit. The bound tree is what the planner reads. Pure. Imports parse, function and
 * below.
 */
@NullMarked
package io.faraddb.engine.sql.bind;

import org.jspecify.annotations.NullMarked;
