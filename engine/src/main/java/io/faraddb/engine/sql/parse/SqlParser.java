package io.faraddb.engine.sql.parse;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.sql.parse.lex.SourceText;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts to trees. All errors carry PostgreSQL's code, words and position. */
public final class SqlParser {

    /** Statements of one text. */
    public static final int SCRIPT_STATEMENTS_MAX = 100_000;

    private SqlParser() {}

    /**
     * All statements of a text, which semicolons part; empty ones are left out.
     *
     * @throws SqlException if any of them is wrong: a text is parsed whole before any of it runs
     */
    public static List<ParsedStatement> parseScript(String text) {
        return parse(new Grammar(new SourceText(text), null));
    }

    /**
     * The only statement of a text; null when there is none.
     *
     * @throws SqlException also if there are several
     */
    public static @Nullable ParsedStatement parseStatement(String text) {
        List<ParsedStatement> all = parseScript(text);
        if (all.size() > 1) {
            throw new SqlException(
                    ErrorCode.SYNTAX_ERROR,
                    "cannot insert multiple commands into a prepared statement");
        }
        return all.isEmpty() ? null : all.getFirst();
    }

    /**
     * The statement of a text with its literals lifted out; null when one of them turns out to
     * shape the statement, which then has to be parsed as it is.
     */
    public static @Nullable ParsedStatement parseLifted(StatementText text) {
        Grammar grammar = new Grammar(new SourceText(text.original()), text);
        ParsedStatement statement = parse(grammar).getFirst();
        return grammar.allLifted() ? statement : null;
    }

    /** An expression alone, as the catalog keeps defaults and checks. */
    public static Expression parseExpression(String text) {
        Grammar grammar = new Grammar(new SourceText(text), null);
        Expression expression = grammar.expressions.expression();
        grammar.tokens.expect(TokenKind.END);
        return expression;
    }

    /** A type alone, as {@code regtype} and {@code to_regtype} take it. */
    public static TypeName parseType(String text) {
        Grammar grammar = new Grammar(new SourceText(text), null);
        TypeName type = grammar.names.type();
        grammar.tokens.expect(TokenKind.END);
        return type;
    }

    private static List<ParsedStatement> parse(Grammar grammar) {
        List<ParsedStatement> statements = new ArrayList<>(1);
        while (true) {
            while (grammar.tokens.accept(TokenKind.SEMICOLON)) {
                // An empty statement.
            }
            if (grammar.tokens.at(TokenKind.END)) {
                return List.copyOf(statements);
            }
            if (statements.size() == SCRIPT_STATEMENTS_MAX) {
                throw new SqlException(
                                ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                                "text has more than " + SCRIPT_STATEMENTS_MAX + " statements")
                        .hint("Send it in several parts.");
            }
            int start = grammar.tokens.peek().start();
            grammar.resetParameters();
            Statement statement = grammar.statements.statement();
            if (!grammar.tokens.atStatementEnd()) {
                throw grammar.tokens.syntaxError();
            }
            statements.add(
                    new ParsedStatement(
                            statement, grammar.textFrom(start), start, grammar.parameterCount()));
        }
    }
}
