package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Statement;

/**
 * A statement of a text.
 *
 * @param statement its tree; positions in it count from the beginning of the whole text
 * @param text of this statement alone, without the semicolon
 * @param start offset of that text in the whole
 * @param parameterCount the highest n of its $n
 */
public record ParsedStatement(Statement statement, String text, int start, int parameterCount) {}
