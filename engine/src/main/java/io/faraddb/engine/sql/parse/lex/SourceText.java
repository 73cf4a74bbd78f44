package io.faraddb.engine.sql.parse.lex;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;

/** A statement's text, which knows where in it an error stands. */
public final class SourceText {

    /** Longer texts are refused before they are read. */
    public static final int LENGTH_MAX = 16 << 20;

    private final String text;
    private final boolean offsetsArePositions;

    public SourceText(String text) {
        if (text.length() > LENGTH_MAX) {
            throw new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "statement is longer than " + LENGTH_MAX + " characters")
                    .hint("Send the data as parameters, in several statements, or with COPY.");
        }
        this.text = text;
        this.offsetsArePositions = text.codePointCount(0, text.length()) == text.length();
    }

    public String text() {
        return text;
    }

    /** 1-based, in characters as PostgreSQL counts them. */
    public int position(int offset) {
        return 1 + (offsetsArePositions ? offset : text.codePointCount(0, offset));
    }

    /** "PROBLEM at or near ...", as PostgreSQL words it. */
    SqlException errorNear(String problem, int start, int end) {
        return errorNear(ErrorCode.SYNTAX_ERROR, problem, start, end);
    }

    SqlException errorNear(ErrorCode code, String problem, int start, int end) {
        String where =
                start >= text.length()
                        ? " at end of input"
                        : " at or near \"" + text.substring(start, end) + "\"";
        return new SqlException(code, problem + where).at(position(start));
    }

    /** A syntax error at a token, worded as PostgreSQL words it. */
    public SqlException syntaxError(Token token) {
        return errorNear("syntax error", token.start(), token.end());
    }
}
