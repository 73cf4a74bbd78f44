/**
 * The functions, operators, casts and aggregates of SQL: their signatures and what they compute.
 * Pure but for what {@link io.faraddb.engine.sql.function.CallContext} gives. Imports error, type
 * and catalog.
 */
@NullMarked
package io.faraddb.engine.sql.function;

import org.jspecify.annotations.NullMarked;
