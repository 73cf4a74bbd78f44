/**
 * Stored procedures: their classes loaded from archives, their statements planned, their values
 * turned from SQL to Java and back. Imports sql and below.
 */
@NullMarked
package io.faraddb.engine.procedure;

import org.jspecify.annotations.NullMarked;
