/**
 * Votes by telephone. {@code schema.sql} beside this class makes the tables, {@link
 * io.faraddb.examples.voter.Vote} is the procedure. Compiles against the API alone: it runs inside
 * the database, on the thread of the partition that the telephone number falls on.
 */
@NullMarked
package io.faraddb.examples.voter;

import org.jspecify.annotations.NullMarked;
