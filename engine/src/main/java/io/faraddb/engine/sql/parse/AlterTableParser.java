package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.Definition.TableAction;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ALTER TABLE and its actions. */
final class AlterTableParser {

    private final Grammar grammar;
    private final TokenStream tokens;

    AlterTableParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** The statement behind ALTER TABLE. */
    Statement alterTable(int position) {
        boolean ifExists = grammar.names.ifExists();
        boolean only = tokens.accept(Keyword.ONLY);
        QualifiedName table = grammar.names.qualified();
        if (!only) {
            tokens.acceptOperator("*");
        }
        List<TableAction> actions = new ArrayList<>();
        if (tokens.at(Keyword.RENAME)) {
            actions.add(rename());
        } else {
            do {
                actions.add(action());
            } while (tokens.accept(TokenKind.COMMA));
        }
        return new Definition.AlterTable(table, ifExists, List.copyOf(actions), position);
    }

    private TableAction rename() {
        int position = tokens.position(tokens.expect(Keyword.RENAME));
        if (tokens.accept(Keyword.TO)) {
            return new Definition.RenameTable(grammar.names.columnName(), position);
        }
        boolean constraint = tokens.accept(Keyword.CONSTRAINT);
        if (!constraint) {
            tokens.accept(Keyword.COLUMN);
        }
        String name = grammar.names.columnName();
        tokens.expect(Keyword.TO);
        String newName = grammar.names.columnName();
        return constraint
                ? new Definition.RenameConstraint(name, newName, position)
                : new Definition.RenameColumn(name, newName, position);
    }

    private TableAction action() {
        int position = tokens.position();
        Keyword keyword = tokens.peek().keyword();
        return switch (keyword) {
            case ADD -> add(position);
            case DROP -> drop(position);
            case ALTER -> alterColumn(position);
            case SET -> set(position);
            case OWNER -> {
                tokens.next();
                tokens.expect(Keyword.TO);
                yield new Definition.OwnerTo(grammar.names.label(), position);
            }
            case ATTACH, DETACH, CLUSTER, DISABLE, ENABLE, FORCE, INHERIT, NO, NOT, OF, REPLICA ->
                    unsupportedAction(position);
            case RESET, VALIDATE -> unsupportedAction(position);
            case null, default -> throw tokens.syntaxError();
        };
    }

    /** An action of PostgreSQL's to the next comma. */
    private TableAction unsupportedAction(int position) {
        StringBuilder name = new StringBuilder("ALTER TABLE");
        name.append(' ').append(tokens.next().text().toUpperCase(Locale.ROOT));
        if (tokens.peek().keyword() != null) {
            name.append(' ').append(tokens.peek().text().toUpperCase(Locale.ROOT));
        }
        int depth = 0;
        while (!tokens.atStatementEnd() && (depth > 0 || !tokens.at(TokenKind.COMMA))) {
            depth += tokens.at(TokenKind.OPEN) ? 1 : tokens.at(TokenKind.CLOSE) ? -1 : 0;
            tokens.next();
        }
        return new Definition.UnsupportedAction(name.toString(), position);
    }

    private TableAction add(int position) {
        tokens.expect(Keyword.ADD);
        if (grammar.tables.atTableConstraint()) {
            return new Definition.AddConstraint(grammar.tables.tableConstraint(), position);
        }
        tokens.accept(Keyword.COLUMN);
        boolean ifNotExists = grammar.names.ifNotExists();
        return new Definition.AddColumn(grammar.tables.column(), ifNotExists, position);
    }

    private TableAction drop(int position) {
        tokens.expect(Keyword.DROP);
        if (tokens.accept(Keyword.CONSTRAINT)) {
            boolean ifExists = grammar.names.ifExists();
            String name = grammar.names.columnName();
            return new Definition.DropConstraint(name, ifExists, grammar.names.cascade(), position);
        }
        tokens.accept(Keyword.COLUMN);
        boolean ifExists = grammar.names.ifExists();
        String name = grammar.names.columnName();
        return new Definition.DropColumn(name, ifExists, grammar.names.cascade(), position);
    }

    private TableAction set(int position) {
        if (!tokens.peek(1).is(TokenKind.OPEN)) {
            return unsupportedAction(position);
        }
        tokens.next();
        return new Definition.SetTableOptions(grammar.names.options(), position);
    }

    private TableAction alterColumn(int position) {
        tokens.expect(Keyword.ALTER);
        if (tokens.at(Keyword.CONSTRAINT)) {
            return unsupportedAction(position);
        }
        tokens.accept(Keyword.COLUMN);
        String column = grammar.names.columnName();
        if (tokens.accept(Keyword.TYPE) || tokens.accept(Keyword.SET, Keyword.DATA)) {
            return columnType(column, position);
        }
        if (tokens.accept(Keyword.SET, Keyword.DEFAULT)) {
            int start = tokens.peek().start();
            Expression value = grammar.expressions.expression();
            String text = grammar.textFrom(start);
            return new Definition.AlterColumnDefault(column, value, text, position);
        }
        if (tokens.accept(Keyword.DROP, Keyword.DEFAULT)) {
            return new Definition.AlterColumnDefault(column, null, null, position);
        }
        boolean set = tokens.at(Keyword.SET, Keyword.NOT);
        if (set || tokens.at(Keyword.DROP, Keyword.NOT)) {
            tokens.next();
            tokens.expect(Keyword.NOT, Keyword.NULL);
            return new Definition.AlterColumnNullability(column, set, position);
        }
        if (tokens.atAny(Keyword.SET, Keyword.ADD, Keyword.DROP, Keyword.RESET, Keyword.RESTART)) {
            return unsupportedAction(position);
        }
        throw tokens.syntaxError();
    }

    private TableAction columnType(String column, int position) {
        tokens.accept(Keyword.TYPE);
        TypeName type = grammar.names.type();
        if (tokens.at(Keyword.COLLATE)) {
            throw tokens.unsupported("COLLATE");
        }
        Expression using = tokens.accept(Keyword.USING) ? grammar.expressions.expression() : null;
        return new Definition.AlterColumnType(column, type, using, position);
    }
}
