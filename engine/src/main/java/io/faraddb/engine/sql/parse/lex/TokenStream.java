package io.faraddb.engine.sql.parse.lex;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cursor over the tokens of a text, with any look-ahead and a bound on nesting. */
public final class TokenStream {

    /** Levels that expressions and queries may nest. */
    public static final int DEPTH_MAX = 500;

    private final SourceText source;
    private final List<Token> tokens;
    private final @Nullable SqlException failure;
    private int index;
    private int depth;

    public TokenStream(SourceText source) {
        this.source = source;
        Lexer.Tokens lexed = Lexer.tokens(source);
        this.tokens = lexed.list();
        this.failure = lexed.failure();
    }

    public SourceText source() {
        return source;
    }

    // Looking ----------------------------------------------------------------------------------

    /**
     * The next token.
     *
     * @throws SqlException if the text goes on with what is no token
     */
    public Token peek() {
        Token token = tokens.get(index);
        if (token.kind() == TokenKind.INVALID && failure != null) {
            throw failure;
        }
        return token;
    }

    /** The token so many behind the next one; END behind the end. */
    public Token peek(int ahead) {
        return tokens.get(Math.min(index + ahead, tokens.size() - 1));
    }

    /** The offset behind the last token that was taken. */
    public int previousEnd() {
        return index == 0 ? 0 : tokens.get(index - 1).end();
    }

    public boolean at(TokenKind kind) {
        return peek().kind() == kind;
    }

    public boolean at(Keyword keyword) {
        return peek().keyword() == keyword;
    }

    public boolean at(Keyword first, Keyword second) {
        return peek().keyword() == first && peek(1).keyword() == second;
    }

    public boolean atAny(Keyword... keywords) {
        Keyword here = peek().keyword();
        if (here != null) {
            for (Keyword keyword : keywords) {
                if (here == keyword) {
                    return true;
                }
            }
        }
        return false;
    }

    public boolean atOperator(String operator) {
        return peek().isOperator(operator);
    }

    /** Whether a statement may end here. */
    public boolean atStatementEnd() {
        return at(TokenKind.END) || at(TokenKind.SEMICOLON);
    }

    /** 1-based position of the next token. */
    public int position() {
        return position(peek());
    }

    public int position(Token token) {
        return source.position(token.start());
    }

    // Taking -----------------------------------------------------------------------------------

    public Token next() {
        Token token = peek();
        if (token.kind() != TokenKind.END) {
            index++;
        }
        return token;
    }

    public boolean accept(TokenKind kind) {
        if (peek().kind() != kind) {
            return false;
        }
        next();
        return true;
    }

    public boolean accept(Keyword keyword) {
        if (peek().keyword() != keyword) {
            return false;
        }
        next();
        return true;
    }

    /** Takes both or neither. */
    public boolean accept(Keyword first, Keyword second) {
        if (!at(first, second)) {
            return false;
        }
        next();
        next();
        return true;
    }

    /** Takes an unquoted word that need not be a keyword of PostgreSQL's. */
    public boolean acceptWord(String word) {
        if (!peek().isWord(word)) {
            return false;
        }
        next();
        return true;
    }

    public boolean acceptOperator(String operator) {
        if (!atOperator(operator)) {
            return false;
        }
        next();
        return true;
    }

    public Token expect(TokenKind kind) {
        if (peek().kind() != kind) {
            throw syntaxError();
        }
        return next();
    }

    public Token expect(Keyword keyword) {
        if (peek().keyword() != keyword) {
            throw syntaxError();
        }
        return next();
    }

    public void expect(Keyword first, Keyword second) {
        expect(first);
        expect(second);
    }

    public void expectWord(String word) {
        if (!acceptWord(word)) {
            throw syntaxError();
        }
    }

    public int mark() {
        return index;
    }

    /** Goes back to a mark. */
    public void reset(int mark) {
        index = mark;
    }

    // Refusing ---------------------------------------------------------------------------------

    /** A syntax error at the next token. */
    public SqlException syntaxError() {
        return source.syntaxError(peek());
    }

    /** A syntax error at a token that was looked at. */
    public SqlException syntaxError(Token token) {
        return token.is(TokenKind.INVALID) && failure != null ? failure : source.syntaxError(token);
    }

    public SqlException error(ErrorCode code, String message, int position) {
        return new SqlException(code, message).at(position);
    }

    /** A refusal by name at the next token. */
    public SqlException unsupported(String feature) {
        return SqlException.unsupported(feature).at(position());
    }

    // Nesting ----------------------------------------------------------------------------------

    public int depth() {
        return depth;
    }

    /** Goes one level down; whoever does comes back with {@link #leave}. */
    public void enter() {
        if (++depth > DEPTH_MAX) {
            throw error(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "statement nests deeper than " + DEPTH_MAX + " levels",
                            position())
                    .hint("Write a long chain of operators as IN, ANY or several statements.");
        }
    }

    /** Comes back to a depth that {@link #depth} told before. */
    public void leave(int outerDepth) {
        depth = outerDepth;
    }
}
