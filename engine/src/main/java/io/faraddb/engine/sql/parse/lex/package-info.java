/**
 * Text to tokens, by PostgreSQL 15's rules: keywords and their classes, strings in all their
 * spellings, operators by longest match. Imports error only.
 */
@NullMarked
package io.faraddb.engine.sql.parse.lex;

import org.jspecify.annotations.NullMarked;
