/**
 * Which function, operator or aggregate a name and the types of its arguments mean: PostgreSQL's
 * rules (chapter 10 of its manual), over definitions that the packages above bring as sources.
 * Imports function and below.
 */
@NullMarked
package io.faraddb.engine.sql.function.library;

import org.jspecify.annotations.NullMarked;
