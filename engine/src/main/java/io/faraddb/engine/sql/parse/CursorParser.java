package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.CursorStatement;
import io.faraddb.engine.sql.parse.ast.CursorStatement.Direction;
import io.faraddb.engine.sql.parse.ast.CursorStatement.Fetch;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;

/** Cursors and statements prepared by name. */
final class CursorParser {

    private final Grammar grammar;
    private final TokenStream tokens;

    CursorParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    // Cursors ----------------------------------------------------------------------------------

    Statement declare() {
        int position = tokens.position(tokens.expect(Keyword.DECLARE));
        String name = grammar.names.columnName();
        boolean binary = false;
        Boolean scroll = null;
        while (!tokens.at(Keyword.CURSOR)) {
            if (tokens.accept(Keyword.BINARY)) {
                binary = true;
            } else if (tokens.accept(Keyword.SCROLL)) {
                scroll = true;
            } else if (tokens.accept(Keyword.NO)) {
                tokens.expect(Keyword.SCROLL);
                scroll = false;
            } else if (!tokens.accept(Keyword.INSENSITIVE)) {
                tokens.expect(Keyword.ASENSITIVE);
            }
        }
        tokens.expect(Keyword.CURSOR);
        boolean hold = tokens.accept(Keyword.WITH);
        if (hold || tokens.accept(Keyword.WITHOUT)) {
            tokens.expect(Keyword.HOLD);
        }
        tokens.expect(Keyword.FOR);
        return new CursorStatement.Declare(
                name, binary, scroll, hold, grammar.queries.query(), position);
    }

    /** FETCH, or MOVE. */
    Statement fetch() {
        int position = tokens.position();
        boolean move = tokens.next().keyword() == Keyword.MOVE;
        // "FETCH forward" alone names a cursor.
        boolean named = isStatementEnd(1);
        Keyword keyword = named ? null : tokens.peek().keyword();
        Direction direction = Direction.FORWARD;
        long count = 1;
        switch (keyword) {
            case NEXT -> tokens.next();
            case PRIOR -> {
                tokens.next();
                direction = Direction.BACKWARD;
            }
            case FIRST, LAST -> {
                tokens.next();
                direction = Direction.ABSOLUTE;
                count = keyword == Keyword.FIRST ? 1 : -1;
            }
            case ABSOLUTE, RELATIVE -> {
                tokens.next();
                direction = keyword == Keyword.ABSOLUTE ? Direction.ABSOLUTE : Direction.RELATIVE;
                count = grammar.names.signedInteger();
            }
            case FORWARD, BACKWARD -> {
                tokens.next();
                direction = keyword == Keyword.FORWARD ? Direction.FORWARD : Direction.BACKWARD;
                count = atCount() ? count() : 1;
            }
            case null, default -> count = atCount() ? count() : 1;
        }
        if (!tokens.accept(Keyword.FROM)) {
            tokens.accept(Keyword.IN);
        }
        return new Fetch(move, direction, count, grammar.names.columnName(), position);
    }

    private boolean isStatementEnd(int ahead) {
        return tokens.peek(ahead).is(TokenKind.END) || tokens.peek(ahead).is(TokenKind.SEMICOLON);
    }

    private boolean atCount() {
        return tokens.at(Keyword.ALL)
                || tokens.at(TokenKind.INTEGER)
                || tokens.atOperator("-")
                || tokens.atOperator("+");
    }

    private long count() {
        return tokens.accept(Keyword.ALL) ? Fetch.ALL : grammar.names.signedInteger();
    }

    Statement close() {
        int position = tokens.position(tokens.expect(Keyword.CLOSE));
        String name = tokens.accept(Keyword.ALL) ? null : grammar.names.columnName();
        return new CursorStatement.Close(name, position);
    }

    // Prepared statements ----------------------------------------------------------------------

    Statement prepare() {
        int position = tokens.position(tokens.expect(Keyword.PREPARE));
        if (tokens.at(Keyword.TRANSACTION)) {
            return grammar.statements.unsupported("PREPARE TRANSACTION", position);
        }
        String name = grammar.names.columnName();
        List<TypeName> types = new ArrayList<>();
        if (tokens.accept(TokenKind.OPEN)) {
            do {
                types.add(grammar.names.type());
            } while (tokens.accept(TokenKind.COMMA));
            tokens.expect(TokenKind.CLOSE);
        }
        tokens.expect(Keyword.AS);
        int start = tokens.peek().start();
        Statement statement = grammar.statements.rowStatement();
        return new CursorStatement.Prepare(
                name, List.copyOf(types), statement, grammar.textFrom(start), position);
    }

    Statement execute() {
        int position = tokens.position(tokens.expect(Keyword.EXECUTE));
        String name = grammar.names.columnName();
        List<Expression> arguments = List.of();
        if (tokens.accept(TokenKind.OPEN)) {
            arguments = grammar.expressions.list();
            tokens.expect(TokenKind.CLOSE);
        }
        return new CursorStatement.Execute(name, arguments, position);
    }

    Statement deallocate() {
        int position = tokens.position(tokens.expect(Keyword.DEALLOCATE));
        if (!isStatementEnd(1)) {
            tokens.accept(Keyword.PREPARE);
        }
        String name = tokens.accept(Keyword.ALL) ? null : grammar.names.columnName();
        return new CursorStatement.Deallocate(name, position);
    }
}
