package io.faraddb.engine.sql.parse.ast;

/** Something that was written. */
public interface Node {

    /** Where it begins: 1-based, in characters of the statement text. */
    int position();
}
