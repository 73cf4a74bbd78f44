package io.faraddb.engine.sql.parse.lex;

import org.jspecify.annotations.Nullable;

/**
 * A piece of the text.
 *
 * @param kind what it is
 * @param start offset of its first char
 * @param end offset behind its last char
 * @param text what it says: a name folded, a string decoded, an operator as written
 * @param keyword the keyword that a word is; null when it is none
 */
public record Token(TokenKind kind, int start, int end, String text, @Nullable Keyword keyword) {

    public boolean is(TokenKind wanted) {
        return kind == wanted;
    }

    public boolean isOperator(String operator) {
        return kind == TokenKind.OPERATOR && text.equals(operator);
    }

    /** Whether it is this word, written without quotes, keyword or not. */
    public boolean isWord(String word) {
        return kind == TokenKind.WORD && text.equals(word);
    }
}
