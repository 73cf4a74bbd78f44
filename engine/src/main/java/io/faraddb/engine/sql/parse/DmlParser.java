package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.DataChange;
import io.faraddb.engine.sql.parse.ast.DataChange.Assignment;
import io.faraddb.engine.sql.parse.ast.DataChange.ColumnTarget;
import io.faraddb.engine.sql.parse.ast.DataChange.OnConflict;
import io.faraddb.engine.sql.parse.ast.DataChange.Overriding;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT, UPSERT, UPDATE and DELETE. */
final class DmlParser {

    private static final String UPSERT = "upsert";

    private final Grammar grammar;
    private final TokenStream tokens;

    DmlParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    boolean isDataChange(Token token) {
        return token.keyword() == Keyword.INSERT
                || token.keyword() == Keyword.UPDATE
                || token.keyword() == Keyword.DELETE
                || token.isWord(UPSERT);
    }

    /** The statement behind a WITH clause, if there was one. */
    DataChange dataChange(Query.@Nullable With outer) {
        int position = outer == null ? tokens.position() : outer.position();
        Query.With with = outer == null && tokens.at(Keyword.WITH) ? grammar.queries.with() : outer;
        if (tokens.accept(Keyword.INSERT)) {
            return insert(with, false, position);
        }
        if (tokens.acceptWord(UPSERT)) {
            return insert(with, true, position);
        }
        if (tokens.accept(Keyword.UPDATE)) {
            return update(with, position);
        }
        tokens.expect(Keyword.DELETE);
        return delete(with, position);
    }

    // INSERT -----------------------------------------------------------------------------------

    private DataChange insert(Query.@Nullable With with, boolean upsert, int position) {
        tokens.expect(Keyword.INTO);
        QualifiedName table = grammar.names.qualified();
        String alias = tokens.accept(Keyword.AS) ? grammar.names.columnName() : null;
        List<ColumnTarget> columns = atInsertColumns() ? columnTargets() : List.of();
        Overriding overriding = overriding();
        Query source = null;
        if (tokens.accept(Keyword.DEFAULT)) {
            tokens.expect(Keyword.VALUES);
        } else {
            source = grammar.queries.query();
        }
        OnConflict onConflict = onConflict();
        return new DataChange.Insert(
                with,
                table,
                alias,
                columns,
                overriding,
                source,
                onConflict,
                upsert,
                returning(),
                position);
    }

    /** Whether parentheses hold columns and not a query. */
    private boolean atInsertColumns() {
        if (!tokens.at(TokenKind.OPEN)) {
            return false;
        }
        Token second = tokens.peek(1);
        return NameParser.isColumnName(second)
                && (second.keyword() != Keyword.VALUES || !tokens.peek(2).is(TokenKind.OPEN));
    }

    private List<ColumnTarget> columnTargets() {
        tokens.expect(TokenKind.OPEN);
        List<ColumnTarget> columns = new ArrayList<>();
        do {
            columns.add(columnTarget());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.CLOSE);
        return List.copyOf(columns);
    }

    private ColumnTarget columnTarget() {
        int position = tokens.position();
        String name = grammar.names.columnName();
        if (tokens.at(TokenKind.DOT) || tokens.at(TokenKind.OPEN_BRACKET)) {
            throw tokens.unsupported("assignment to a part of a column");
        }
        return new ColumnTarget(name, position);
    }

    private Overriding overriding() {
        if (!tokens.accept(Keyword.OVERRIDING)) {
            return Overriding.NONE;
        }
        boolean user = tokens.accept(Keyword.USER);
        if (!user) {
            tokens.expect(Keyword.SYSTEM);
        }
        tokens.expect(Keyword.VALUE);
        return user ? Overriding.USER : Overriding.SYSTEM;
    }

    private @Nullable OnConflict onConflict() {
        if (!tokens.at(Keyword.ON)) {
            return null;
        }
        int position = tokens.position(tokens.next());
        tokens.expect(Keyword.CONFLICT);
        List<Expression> target = List.of();
        Expression targetWhere = null;
        String constraint = null;
        if (tokens.accept(TokenKind.OPEN)) {
            target = conflictTarget();
            targetWhere = grammar.queries.where();
        } else if (tokens.accept(Keyword.ON)) {
            tokens.expect(Keyword.CONSTRAINT);
            constraint = grammar.names.columnName();
        }
        tokens.expect(Keyword.DO);
        if (tokens.accept(Keyword.NOTHING)) {
            return new OnConflict(target, targetWhere, constraint, true, List.of(), null, position);
        }
        tokens.expect(Keyword.UPDATE);
        tokens.expect(Keyword.SET);
        List<Assignment> assignments = assignments();
        Expression where = grammar.queries.where();
        return new OnConflict(target, targetWhere, constraint, false, assignments, where, position);
    }

    private List<Expression> conflictTarget() {
        List<Expression> target = new ArrayList<>();
        do {
            target.add(grammar.expressions.expression());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.CLOSE);
        return List.copyOf(target);
    }

    private List<Query.SelectItem> returning() {
        return tokens.accept(Keyword.RETURNING) ? grammar.queries.selectItems() : List.of();
    }

    // UPDATE and DELETE ------------------------------------------------------------------------

    private DataChange update(Query.@Nullable With with, int position) {
        Target target = target(Keyword.SET);
        tokens.expect(Keyword.SET);
        List<Assignment> assignments = assignments();
        List<TableReference> from = tokens.accept(Keyword.FROM) ? grammar.from.list() : List.of();
        Expression where = grammar.queries.where();
        return new DataChange.Update(
                with,
                target.name(),
                target.only(),
                target.alias(),
                assignments,
                from,
                where,
                returning(),
                position);
    }

    private DataChange delete(Query.@Nullable With with, int position) {
        tokens.expect(Keyword.FROM);
        Target target = target(Keyword.USING);
        List<TableReference> using = tokens.accept(Keyword.USING) ? grammar.from.list() : List.of();
        Expression where = grammar.queries.where();
        return new DataChange.Delete(
                with,
                target.name(),
                target.only(),
                target.alias(),
                using,
                where,
                returning(),
                position);
    }

    /** The table that is changed. */
    private record Target(QualifiedName name, boolean only, @Nullable String alias) {}

    /**
     * @param next the keyword behind it, which is not an alias
     */
    private Target target(Keyword next) {
        boolean only = tokens.accept(Keyword.ONLY);
        boolean parenthesised = only && tokens.accept(TokenKind.OPEN);
        QualifiedName name = grammar.names.qualified();
        if (parenthesised) {
            tokens.expect(TokenKind.CLOSE);
        } else if (!only) {
            tokens.acceptOperator("*");
        }
        String alias = null;
        if (tokens.accept(Keyword.AS)) {
            alias = grammar.names.columnName();
        } else if (!tokens.at(next) && grammar.names.atColumnName()) {
            alias = grammar.names.columnName();
        }
        return new Target(name, only, alias);
    }

    private List<Assignment> assignments() {
        List<Assignment> assignments = new ArrayList<>();
        do {
            int position = tokens.position();
            List<ColumnTarget> columns =
                    tokens.at(TokenKind.OPEN) ? columnTargets() : List.of(columnTarget());
            if (!tokens.acceptOperator("=")) {
                throw tokens.syntaxError();
            }
            assignments.add(new Assignment(columns, grammar.expressions.expression(), position));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(assignments);
    }
}
