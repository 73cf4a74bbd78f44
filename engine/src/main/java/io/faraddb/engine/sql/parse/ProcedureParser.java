package io.faraddb.engine.sql.parse;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement.BodyStatement;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement.ProcedureBody;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement.ProcedurePartition;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Procedures in VoltDB's form, and calls of them. */
final class ProcedureParser {

    /** Statements of one body. */
    private static final int STATEMENTS_MAX = 1_000;

    private final Grammar grammar;
    private final TokenStream tokens;

    ProcedureParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** The statement behind CREATE PROCEDURE. */
    Statement createProcedure(boolean orReplace, int position) {
        boolean fromClass = tokens.at(Keyword.FROM);
        QualifiedName name = null;
        if (!fromClass) {
            name = grammar.names.qualified();
            if (tokens.at(TokenKind.OPEN)) {
                return grammar.statements.unsupported("CREATE PROCEDURE with LANGUAGE", position);
            }
        }
        ProcedurePartition partition = null;
        List<String> roles = List.of();
        while (true) {
            if (partition == null && tokens.at(Keyword.PARTITION)) {
                partition = partition();
            } else if (roles.isEmpty() && tokens.acceptWord("allow")) {
                roles = roles();
            } else {
                break;
            }
        }
        ProcedureBody body = body();
        if (name == null && body instanceof ProcedureStatement.JavaBody(String className)) {
            String simple = className.substring(className.lastIndexOf('.') + 1);
            name = QualifiedName.of(simple, position);
        }
        if (name == null) {
            throw tokens.syntaxError();
        }
        return new ProcedureStatement.CreateProcedure(
                name, orReplace, partition, roles, body, position);
    }

    private ProcedurePartition partition() {
        int position = tokens.position(tokens.expect(Keyword.PARTITION));
        tokens.expect(Keyword.ON);
        tokens.expect(Keyword.TABLE);
        QualifiedName table = grammar.names.qualified();
        tokens.expect(Keyword.COLUMN);
        String column = grammar.names.columnName();
        int parameter = 0;
        if (tokens.acceptWord("parameter")) {
            int at = tokens.position();
            long number = grammar.names.signedInteger();
            if (number < 0 || number >= Grammar.PARAMETERS_MAX) {
                throw tokens.error(
                        ErrorCode.INVALID_OBJECT_DEFINITION,
                        "PARAMETER counts a procedure's parameters from 0",
                        at);
            }
            parameter = (int) number;
        }
        return new ProcedurePartition(table, column, parameter, position);
    }

    private List<String> roles() {
        List<String> roles = new ArrayList<>();
        do {
            roles.add(grammar.names.columnName());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(roles);
    }

    private ProcedureBody body() {
        if (tokens.accept(Keyword.FROM)) {
            tokens.expectWord("class");
            StringBuilder className = new StringBuilder(javaName());
            while (tokens.accept(TokenKind.DOT)) {
                className.append('.').append(javaName());
            }
            return new ProcedureStatement.JavaBody(className.toString());
        }
        tokens.expect(Keyword.AS);
        List<BodyStatement> statements = new ArrayList<>();
        if (!tokens.accept(Keyword.BEGIN)) {
            statements.add(bodyStatement());
            return new ProcedureStatement.SqlBody(List.copyOf(statements));
        }
        tokens.accept(Keyword.ATOMIC);
        while (!tokens.accept(Keyword.END)) {
            if (statements.size() == STATEMENTS_MAX) {
                throw tokens.error(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        "procedure has more than " + STATEMENTS_MAX + " statements",
                        tokens.position());
            }
            statements.add(bodyStatement());
            if (!tokens.at(Keyword.END)) {
                tokens.expect(TokenKind.SEMICOLON);
            }
        }
        return new ProcedureStatement.SqlBody(List.copyOf(statements));
    }

    /** Java's names keep their case. */
    private String javaName() {
        if (!NameParser.isLabel(tokens.peek())) {
            throw tokens.syntaxError();
        }
        int start = tokens.next().start();
        return grammar.textFrom(start).replace("\"", "");
    }

    private BodyStatement bodyStatement() {
        int start = tokens.peek().start();
        Statement statement = grammar.statements.rowStatement();
        return new BodyStatement(statement, grammar.textFrom(start));
    }

    /** The statement behind DROP PROCEDURE. */
    Statement dropProcedure(int position) {
        boolean ifExists = grammar.names.ifExists();
        List<QualifiedName> names = new ArrayList<>();
        do {
            names.add(grammar.names.qualified());
            if (tokens.accept(TokenKind.OPEN)) {
                while (!tokens.at(TokenKind.CLOSE)) {
                    grammar.names.type();
                    if (!tokens.at(TokenKind.CLOSE)) {
                        tokens.expect(TokenKind.COMMA);
                    }
                }
                tokens.expect(TokenKind.CLOSE);
            }
        } while (tokens.accept(TokenKind.COMMA));
        grammar.names.cascade();
        return new ProcedureStatement.DropProcedure(List.copyOf(names), ifExists, position);
    }

    /** {@code CALL name(a, b)}. */
    Statement call() {
        int position = tokens.position(tokens.expect(Keyword.CALL));
        QualifiedName name = procedureName();
        tokens.expect(TokenKind.OPEN);
        List<Expression> arguments =
                tokens.at(TokenKind.CLOSE) ? List.of() : grammar.expressions.list();
        tokens.expect(TokenKind.CLOSE);
        return new ProcedureStatement.Call(name, arguments, position);
    }

    /** {@code EXEC name a, b}; the shell of VoltDB takes blanks and commas alike. */
    Statement exec() {
        int position = tokens.position();
        tokens.expectWord("exec");
        QualifiedName name = procedureName();
        boolean parentheses = tokens.accept(TokenKind.OPEN);
        List<Expression> arguments = new ArrayList<>();
        while (!tokens.atStatementEnd() && !(parentheses && tokens.at(TokenKind.CLOSE))) {
            arguments.add(grammar.expressions.expression());
            tokens.accept(TokenKind.COMMA);
        }
        if (parentheses) {
            tokens.expect(TokenKind.CLOSE);
        }
        return new ProcedureStatement.Call(name, List.copyOf(arguments), position);
    }

    /** VoltDB's system procedures begin with an at sign. */
    private QualifiedName procedureName() {
        int position = tokens.position();
        if (!tokens.acceptOperator("@")) {
            return grammar.names.qualified();
        }
        return QualifiedName.of("@" + grammar.names.label(), position);
    }

    /** A body for EXPLAIN and the like: null when a statement is none. */
    @Nullable Statement callIfAny() {
        return tokens.at(Keyword.CALL) ? call() : null;
    }
}
