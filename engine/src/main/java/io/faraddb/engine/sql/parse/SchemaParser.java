package io.faraddb.engine.sql.parse;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.Definition.Option;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;

/** Definitions other than tables: indexes, roles, and what is dropped or emptied. */
final class SchemaParser {

    private final Grammar grammar;
    private final TokenStream tokens;

    SchemaParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    // Tables -----------------------------------------------------------------------------------

    /** {@code PARTITION TABLE t ON COLUMN c}. */
    Statement partitionTable() {
        int position = tokens.position();
        tokens.expect(Keyword.PARTITION, Keyword.TABLE);
        QualifiedName table = grammar.names.qualified();
        tokens.expect(Keyword.ON, Keyword.COLUMN);
        return new Definition.PartitionTable(table, grammar.names.columnName(), position);
    }

    /** The statement behind DROP TABLE. */
    Statement dropTable(int position) {
        boolean ifExists = grammar.names.ifExists();
        List<QualifiedName> names = grammar.names.qualifiedList();
        return new Definition.DropTable(names, ifExists, grammar.names.cascade(), position);
    }

    Statement truncate() {
        int position = tokens.position(tokens.expect(Keyword.TRUNCATE));
        tokens.accept(Keyword.TABLE);
        List<QualifiedName> tables = new ArrayList<>();
        do {
            boolean only = tokens.accept(Keyword.ONLY);
            tables.add(grammar.names.qualified());
            if (!only) {
                tokens.acceptOperator("*");
            }
        } while (tokens.accept(TokenKind.COMMA));
        boolean restart = tokens.accept(Keyword.RESTART, Keyword.IDENTITY);
        if (!restart) {
            tokens.accept(Keyword.CONTINUE, Keyword.IDENTITY);
        }
        return new Definition.Truncate(
                List.copyOf(tables), restart, grammar.names.cascade(), position);
    }

    // Indexes ----------------------------------------------------------------------------------

    /** The statement behind CREATE [UNIQUE] INDEX. */
    Statement createIndex(boolean unique, int position) {
        boolean concurrently = tokens.accept(Keyword.CONCURRENTLY);
        boolean ifNotExists = grammar.names.ifNotExists();
        String name = tokens.at(Keyword.ON) ? null : grammar.names.columnName();
        tokens.expect(Keyword.ON);
        tokens.accept(Keyword.ONLY);
        QualifiedName table = grammar.names.qualified();
        String method = tokens.accept(Keyword.USING) ? grammar.names.columnName() : null;
        tokens.expect(TokenKind.OPEN);
        List<Query.SortItem> keys = new ArrayList<>();
        do {
            keys.add(indexKey());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.CLOSE);
        List<String> include =
                tokens.accept(Keyword.INCLUDE) ? grammar.names.columnList() : List.of();
        if (tokens.at(Keyword.NULLS, Keyword.NOT)) {
            throw tokens.unsupported("NULLS NOT DISTINCT");
        }
        if (tokens.accept(Keyword.NULLS)) {
            tokens.expect(Keyword.DISTINCT);
        }
        if (tokens.at(Keyword.WITH)) {
            throw tokens.unsupported("storage parameter of an index");
        }
        if (tokens.at(Keyword.TABLESPACE)) {
            throw tokens.unsupported("TABLESPACE");
        }
        Expression where = grammar.queries.where();
        return new Definition.CreateIndex(
                name,
                unique,
                concurrently,
                ifNotExists,
                table,
                method,
                List.copyOf(keys),
                include,
                where,
                position);
    }

    private Query.SortItem indexKey() {
        Expression key;
        int position = tokens.position();
        if (tokens.at(TokenKind.OPEN) || tokens.peek(1).is(TokenKind.OPEN)) {
            key = grammar.primaries.primary();
        } else {
            key = new Expression.ColumnReference(List.of(grammar.names.columnName()), position);
        }
        if (grammar.names.atColumnName()
                && !tokens.atAny(Keyword.ASC, Keyword.DESC, Keyword.NULLS)) {
            throw tokens.unsupported("operator class");
        }
        return grammar.queries.sortItem(key);
    }

    /** The statement behind DROP INDEX. */
    Statement dropIndex(int position) {
        tokens.accept(Keyword.CONCURRENTLY);
        boolean ifExists = grammar.names.ifExists();
        List<QualifiedName> names = grammar.names.qualifiedList();
        return new Definition.DropIndex(names, ifExists, grammar.names.cascade(), position);
    }

    /** The statement behind ALTER INDEX. */
    Statement alterIndex(int position) {
        boolean ifExists = grammar.names.ifExists();
        QualifiedName index = grammar.names.qualified();
        if (!tokens.at(Keyword.RENAME)) {
            return grammar.statements.unsupported("ALTER INDEX", position);
        }
        tokens.expect(Keyword.RENAME, Keyword.TO);
        return new Definition.RenameIndex(index, ifExists, grammar.names.columnName(), position);
    }

    // Roles ------------------------------------------------------------------------------------

    /** The statement behind CREATE USER or CREATE ROLE. */
    Statement createRole(boolean login, int position) {
        String name = roleName();
        tokens.accept(Keyword.WITH);
        return new Definition.CreateRole(name, login, roleOptions(), position);
    }

    /** The statement behind ALTER USER or ALTER ROLE. */
    Statement alterRole(int position) {
        if (tokens.at(Keyword.ALL)) {
            return grammar.statements.unsupported("ALTER ROLE ALL", position);
        }
        String name = roleName();
        tokens.accept(Keyword.WITH);
        if (tokens.atAny(Keyword.SET, Keyword.RESET, Keyword.RENAME, Keyword.IN)) {
            String action = tokens.peek().keyword() == Keyword.RENAME ? "RENAME" : "SET";
            return grammar.statements.unsupported("ALTER ROLE " + action, position);
        }
        return new Definition.AlterRole(name, roleOptions(), position);
    }

    /** The statement behind DROP USER or DROP ROLE. */
    Statement dropRole(int position) {
        boolean ifExists = grammar.names.ifExists();
        List<String> names = new ArrayList<>();
        do {
            names.add(roleName());
        } while (tokens.accept(TokenKind.COMMA));
        return new Definition.DropRole(List.copyOf(names), ifExists, position);
    }

    private String roleName() {
        return tokens.atAny(Keyword.CURRENT_USER, Keyword.CURRENT_ROLE, Keyword.SESSION_USER)
                ? tokens.next().text()
                : grammar.names.columnName();
    }

    private List<Option> roleOptions() {
        List<Option> options = new ArrayList<>();
        while (!tokens.atStatementEnd()) {
            options.add(roleOption());
        }
        return List.copyOf(options);
    }

    private Option roleOption() {
        int position = tokens.position();
        Token token = tokens.next();
        if (!token.is(TokenKind.WORD)) {
            throw tokens.syntaxError(token);
        }
        return switch (token.text()) {
            case "password" -> {
                if (tokens.accept(Keyword.NULL)) {
                    yield new Option("password", List.of(), position);
                }
                String password = tokens.expect(TokenKind.STRING).text();
                yield new Option("password", List.of(password), position);
            }
            case "encrypted" -> {
                tokens.expect(Keyword.PASSWORD);
                String password = tokens.expect(TokenKind.STRING).text();
                yield new Option("password", List.of(password), position);
            }
            case "valid" -> {
                tokens.expectWord("until");
                String until = tokens.expect(TokenKind.STRING).text();
                yield new Option("valid until", List.of(until), position);
            }
            case "connection" -> {
                tokens.expectWord("limit");
                String limit = Long.toString(grammar.names.signedInteger());
                yield new Option("connection limit", List.of(limit), position);
            }
            case "in" -> {
                if (!tokens.accept(Keyword.ROLE)) {
                    tokens.expect(Keyword.GROUP);
                }
                yield new Option("in role", roleNames(), position);
            }
            case "role", "user" -> new Option("role", roleNames(), position);
            case "admin" -> new Option("admin", roleNames(), position);
            case "sysid" -> {
                String id = tokens.expect(TokenKind.INTEGER).text();
                yield new Option("sysid", List.of(id), position);
            }
            case "superuser", "nosuperuser", "createdb", "nocreatedb", "createrole" ->
                    new Option(token.text(), List.of(), position);
            case "nocreaterole", "login", "nologin", "inherit", "noinherit" ->
                    new Option(token.text(), List.of(), position);
            case "replication", "noreplication", "bypassrls", "nobypassrls" ->
                    new Option(token.text(), List.of(), position);
            default -> {
                if (token.keyword() != null) {
                    throw tokens.syntaxError(token);
                }
                throw tokens.error(
                        ErrorCode.SYNTAX_ERROR,
                        "unrecognized role option \"" + token.text() + "\"",
                        position);
            }
        };
    }

    private List<String> roleNames() {
        List<String> names = new ArrayList<>();
        do {
            names.add(roleName());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(names);
    }
}
