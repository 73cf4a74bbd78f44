package io.faraddb.engine.sql.parse.lex;

/** What a token is. */
public enum TokenKind {
    /** A word, folded to lower case; perhaps a keyword. */
    WORD,
    /** A name in double quotes. */
    QUOTED_NAME,
    INTEGER,
    /** A number with a point or an exponent. */
    DECIMAL,
    STRING,
    /** The digits of B'...'. */
    BIT_STRING,
    /** The digits of X'...'. */
    HEX_STRING,
    /** The number of $n. */
    PARAMETER,
    /** Any operator; {@code !=} arrives as {@code <>}. */
    OPERATOR,
    OPEN,
    CLOSE,
    OPEN_BRACKET,
    CLOSE_BRACKET,
    COMMA,
    SEMICOLON,
    DOT,
    COLON,
    TYPE_CAST,
    COLON_EQUALS,
    EQUALS_GREATER,
    DOT_DOT,
    END,
    /** What no token can be made of; whoever comes to it throws. */
    INVALID
}
