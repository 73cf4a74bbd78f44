package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Definition.Option;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.UtilityStatement;
import io.faraddb.engine.sql.parse.ast.UtilityStatement.CopyEndpoint;
import io.faraddb.engine.sql.parse.ast.UtilityStatement.Inner;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EXPLAIN, COPY, VACUUM, ANALYZE, GRANT. */
final class UtilityParser {

    private final Grammar grammar;
    private final TokenStream tokens;

    UtilityParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    // EXPLAIN ----------------------------------------------------------------------------------

    Statement explain() {
        int position = tokens.position(tokens.expect(Keyword.EXPLAIN));
        List<Option> options = new ArrayList<>();
        if (atOptions()) {
            options.addAll(grammar.names.options());
        } else {
            while (tokens.atAny(Keyword.ANALYZE, Keyword.ANALYSE, Keyword.VERBOSE)) {
                boolean verbose = tokens.at(Keyword.VERBOSE);
                int at = tokens.position(tokens.next());
                options.add(new Option(verbose ? "verbose" : "analyze", List.of(), at));
            }
        }
        return new UtilityStatement.Explain(
                List.copyOf(options), inner(grammar.statements::explainable), position);
    }

    private Inner inner(Runnable statement) {
        int start = tokens.peek().start();
        int position = tokens.position();
        statement.run();
        return new Inner(grammar.textFrom(start), position);
    }

    /** Parentheses behind EXPLAIN hold options unless they hold a query. */
    private boolean atOptions() {
        return tokens.at(TokenKind.OPEN)
                && NameParser.isLabel(tokens.peek(1))
                && tokens.peek(1).keyword() != Keyword.SELECT
                && tokens.peek(1).keyword() != Keyword.VALUES
                && tokens.peek(1).keyword() != Keyword.WITH
                && tokens.peek(1).keyword() != Keyword.TABLE;
    }

    // COPY -------------------------------------------------------------------------------------

    Statement copy() {
        int position = tokens.position(tokens.expect(Keyword.COPY));
        List<Option> options = new ArrayList<>();
        if (tokens.at(Keyword.BINARY)) {
            options.add(new Option("format", List.of("binary"), tokens.position(tokens.next())));
        }
        QualifiedName table = null;
        List<String> columns = List.of();
        Inner query = null;
        boolean from = false;
        if (tokens.at(TokenKind.OPEN)) {
            if (grammar.dml.isDataChange(tokens.peek(1))) {
                throw tokens.unsupported("COPY of a statement that changes data");
            }
            query = inner(grammar.primaries::queryInParentheses);
            tokens.expect(Keyword.TO);
        } else {
            table = grammar.names.qualified();
            columns = grammar.names.columnListIfAny();
            from = tokens.accept(Keyword.FROM);
            if (!from) {
                tokens.expect(Keyword.TO);
            }
        }
        CopyEndpoint endpoint = endpoint();
        if (tokens.accept(Keyword.USING)) {
            tokens.expect(Keyword.DELIMITERS);
            options.add(string("delimiter", position));
        }
        tokens.accept(Keyword.WITH);
        if (tokens.at(TokenKind.OPEN)) {
            options.addAll(grammar.names.options());
        } else {
            oldOptions(options);
        }
        Expression where = from ? grammar.queries.where() : null;
        return new UtilityStatement.Copy(
                table, columns, query, from, endpoint, List.copyOf(options), where, position);
    }

    private CopyEndpoint endpoint() {
        if (tokens.accept(Keyword.STDIN) || tokens.accept(Keyword.STDOUT)) {
            return CopyEndpoint.CLIENT;
        }
        boolean program = tokens.accept(Keyword.PROGRAM);
        tokens.expect(TokenKind.STRING);
        return program ? CopyEndpoint.PROGRAM : CopyEndpoint.FILE;
    }

    /** The syntax before PostgreSQL 9, in which psql's \copy still speaks. */
    private void oldOptions(List<Option> options) {
        while (true) {
            Option option = oldOption();
            if (option == null) {
                return;
            }
            options.add(option);
        }
    }

    private @Nullable Option oldOption() {
        int position = tokens.position();
        Keyword keyword = tokens.peek().keyword();
        return switch (keyword) {
            case BINARY, CSV -> {
                tokens.next();
                yield new Option("format", List.of(keyword.word()), position);
            }
            case FREEZE, HEADER -> {
                tokens.next();
                yield new Option(keyword.word(), List.of(), position);
            }
            case DELIMITER -> oldString("delimiter", position);
            case NULL -> oldString("null", position);
            case QUOTE -> oldString("quote", position);
            case ESCAPE -> oldString("escape", position);
            case ENCODING -> oldString("encoding", position);
            case FORCE -> force(position);
            case null, default -> null;
        };
    }

    private Option oldString(String name, int position) {
        tokens.next();
        tokens.accept(Keyword.AS);
        return string(name, position);
    }

    private Option string(String name, int position) {
        return new Option(name, List.of(tokens.expect(TokenKind.STRING).text()), position);
    }

    private Option force(int position) {
        tokens.expect(Keyword.FORCE);
        String name = "force_quote";
        if (tokens.accept(Keyword.NOT)) {
            tokens.expect(Keyword.NULL);
            name = "force_not_null";
        } else if (tokens.accept(Keyword.NULL)) {
            name = "force_null";
        } else {
            tokens.expect(Keyword.QUOTE);
            if (tokens.acceptOperator("*")) {
                return new Option(name, List.of("*"), position);
            }
        }
        List<String> columns = new ArrayList<>();
        do {
            columns.add(grammar.names.columnName());
        } while (tokens.accept(TokenKind.COMMA));
        return new Option(name, List.copyOf(columns), position);
    }

    // VACUUM and ANALYZE -----------------------------------------------------------------------

    Statement vacuum() {
        int position = tokens.position(tokens.expect(Keyword.VACUUM));
        if (tokens.at(TokenKind.OPEN)) {
            grammar.names.options();
        }
        while (tokens.atAny(
                Keyword.FULL, Keyword.FREEZE, Keyword.VERBOSE, Keyword.ANALYZE, Keyword.ANALYSE)) {
            tokens.next();
        }
        return new UtilityStatement.Vacuum(tended(), position);
    }

    Statement analyze() {
        int position = tokens.position(tokens.next());
        if (tokens.at(TokenKind.OPEN)) {
            grammar.names.options();
        }
        tokens.accept(Keyword.VERBOSE);
        return new UtilityStatement.Analyze(tended(), position);
    }

    private List<QualifiedName> tended() {
        if (tokens.atStatementEnd()) {
            return List.of();
        }
        List<QualifiedName> tables = new ArrayList<>();
        do {
            tables.add(grammar.names.qualified());
            grammar.names.columnListIfAny();
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(tables);
    }

    // GRANT ------------------------------------------------------------------------------------

    /** GRANT or REVOKE to its end. */
    Statement grant() {
        int position = tokens.position();
        int start = tokens.peek().start();
        boolean revoke = tokens.next().keyword() == Keyword.REVOKE;
        while (!tokens.atStatementEnd()) {
            tokens.next();
        }
        return new UtilityStatement.Grant(revoke, grammar.textFrom(start), position);
    }
}
