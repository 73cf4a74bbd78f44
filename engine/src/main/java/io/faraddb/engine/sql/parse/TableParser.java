package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.Definition.ColumnDefinition;
import io.faraddb.engine.sql.parse.ast.Definition.Constraint;
import io.faraddb.engine.sql.parse.ast.Definition.Option;
import io.faraddb.engine.sql.parse.ast.Definition.Partitioning;
import io.faraddb.engine.sql.parse.ast.Definition.Persistence;
import io.faraddb.engine.sql.parse.ast.Definition.ReferentialAction;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CREATE TABLE: columns, constraints, options. */
final class TableParser {

    private final Grammar grammar;
    private final TokenStream tokens;

    TableParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** The statement behind CREATE ... TABLE. */
    Statement createTable(Persistence persistence, int position) {
        boolean ifNotExists = grammar.names.ifNotExists();
        QualifiedName name = grammar.names.qualified();
        if (tokens.at(Keyword.OF)) {
            throw tokens.unsupported("CREATE TABLE OF");
        }
        if (tokens.at(Keyword.PARTITION, Keyword.OF)) {
            throw tokens.unsupported("CREATE TABLE PARTITION OF");
        }
        if (!tokens.at(TokenKind.OPEN) || isNameListOfTableAs()) {
            return createTableAs(name, ifNotExists, persistence, position);
        }
        tokens.expect(TokenKind.OPEN);
        List<ColumnDefinition> columns = new ArrayList<>();
        List<Constraint> constraints = new ArrayList<>();
        if (!tokens.at(TokenKind.CLOSE)) {
            do {
                element(columns, constraints);
            } while (tokens.accept(TokenKind.COMMA));
        }
        tokens.expect(TokenKind.CLOSE);
        if (tokens.at(Keyword.INHERITS)) {
            throw tokens.unsupported("INHERITS");
        }
        Tail tail = tail();
        return new Definition.CreateTable(
                name,
                ifNotExists,
                persistence,
                List.copyOf(columns),
                List.copyOf(constraints),
                tail.options(),
                tail.partitioning(),
                position);
    }

    /** What may stand behind the columns, in any order that PostgreSQL's and VoltDB's users use. */
    private record Tail(List<Option> options, @Nullable Partitioning partitioning) {}

    private Tail tail() {
        List<Option> options = List.of();
        Partitioning partitioning = null;
        while (true) {
            if (partitioning == null && tokens.at(Keyword.PARTITION, Keyword.BY)) {
                partitioning = partitioning();
            } else if (tokens.at(Keyword.WITH) && tokens.peek(1).is(TokenKind.OPEN)) {
                tokens.next();
                options = grammar.names.options();
            } else if (tokens.at(Keyword.WITHOUT, Keyword.OIDS)) {
                tokens.next();
                tokens.next();
            } else if (tokens.at(Keyword.ON, Keyword.COMMIT)) {
                throw tokens.unsupported("ON COMMIT");
            } else if (tokens.at(Keyword.TABLESPACE)) {
                throw tokens.unsupported("TABLESPACE");
            } else if (tokens.at(Keyword.USING)) {
                throw tokens.unsupported("USING (table access method)");
            } else {
                return new Tail(options, partitioning);
            }
        }
    }

    private Partitioning partitioning() {
        int position = tokens.position();
        tokens.expect(Keyword.PARTITION, Keyword.BY);
        String method = grammar.names.columnName();
        tokens.expect(TokenKind.OPEN);
        List<Expression> keys = grammar.expressions.list();
        tokens.expect(TokenKind.CLOSE);
        return new Partitioning(method, keys, position);
    }

    // CREATE TABLE AS --------------------------------------------------------------------------

    /** {@code (a, b) AS}: only names and commas up to the closing parenthesis. */
    private boolean isNameListOfTableAs() {
        int ahead = 1;
        while (NameParser.isColumnName(tokens.peek(ahead))) {
            Token behind = tokens.peek(ahead + 1);
            if (behind.is(TokenKind.CLOSE)) {
                return true;
            }
            if (!behind.is(TokenKind.COMMA)) {
                return false;
            }
            ahead += 2;
        }
        return false;
    }

    private Statement createTableAs(
            QualifiedName name, boolean ifNotExists, Persistence persistence, int position) {
        List<String> columns = grammar.names.columnListIfAny();
        Tail tail = tail();
        tokens.expect(Keyword.AS);
        if (tokens.at(Keyword.EXECUTE)) {
            throw tokens.unsupported("CREATE TABLE AS EXECUTE");
        }
        Query query = grammar.queries.query();
        boolean withData = true;
        if (tokens.accept(Keyword.WITH)) {
            withData = !tokens.accept(Keyword.NO);
            tokens.expect(Keyword.DATA);
        }
        return new Definition.CreateTableAs(
                name,
                ifNotExists,
                persistence,
                columns,
                tail.options(),
                tail.partitioning(),
                query,
                withData,
                position);
    }

    // Elements ---------------------------------------------------------------------------------

    private void element(List<ColumnDefinition> columns, List<Constraint> constraints) {
        if (tokens.at(Keyword.LIKE)) {
            throw tokens.unsupported("CREATE TABLE (LIKE ...)");
        }
        if (atTableConstraint()) {
            constraints.add(tableConstraint());
        } else {
            columns.add(column());
        }
    }

    boolean atTableConstraint() {
        return tokens.atAny(
                Keyword.CONSTRAINT,
                Keyword.CHECK,
                Keyword.UNIQUE,
                Keyword.PRIMARY,
                Keyword.FOREIGN,
                Keyword.EXCLUDE);
    }

    ColumnDefinition column() {
        int position = tokens.position();
        String name = grammar.names.columnName();
        TypeName type = grammar.names.type();
        List<Constraint> constraints = new ArrayList<>();
        while (true) {
            Constraint constraint = columnConstraint();
            if (constraint == null) {
                return new ColumnDefinition(name, type, List.copyOf(constraints), position);
            }
            constraints.add(constraint);
        }
    }

    // Constraints ------------------------------------------------------------------------------

    private @Nullable String constraintName() {
        return tokens.accept(Keyword.CONSTRAINT) ? grammar.names.columnName() : null;
    }

    private @Nullable Constraint columnConstraint() {
        String name = constraintName();
        int position = tokens.position();
        Keyword keyword = tokens.peek().keyword();
        return switch (keyword) {
            case NOT -> {
                tokens.expect(Keyword.NOT, Keyword.NULL);
                yield new Definition.NotNull(name, position);
            }
            case NULL -> {
                tokens.next();
                yield new Definition.Nullability(name, position);
            }
            case DEFAULT -> {
                tokens.next();
                int start = tokens.peek().start();
                Expression value = grammar.expressions.defaultExpression();
                String text = grammar.textFrom(start);
                yield new Definition.DefaultClause(name, value, text, position);
            }
            case CHECK -> check(name);
            case UNIQUE, PRIMARY -> uniqueKey(name, false);
            case REFERENCES -> references(name, List.of(), position);
            case GENERATED -> generated(name);
            case COLLATE -> {
                tokens.next();
                yield new Definition.ColumnCollation(name, grammar.names.qualified(), position);
            }
            case null, default -> {
                if (name != null) {
                    throw tokens.syntaxError();
                }
                yield null;
            }
        };
    }

    Constraint tableConstraint() {
        String name = constraintName();
        int position = tokens.position();
        Keyword keyword = tokens.peek().keyword();
        return switch (keyword) {
            case CHECK -> check(name);
            case UNIQUE, PRIMARY -> uniqueKey(name, true);
            case FOREIGN -> {
                tokens.next();
                tokens.expect(Keyword.KEY);
                yield references(name, grammar.names.columnList(), position);
            }
            case EXCLUDE -> throw tokens.unsupported("EXCLUDE");
            case null, default -> throw tokens.syntaxError();
        };
    }

    private Constraint check(@Nullable String name) {
        int position = tokens.position(tokens.expect(Keyword.CHECK));
        tokens.expect(TokenKind.OPEN);
        int start = tokens.peek().start();
        Expression condition = grammar.expressions.expression();
        String text = grammar.textFrom(start);
        tokens.expect(TokenKind.CLOSE);
        if (tokens.at(Keyword.NO, Keyword.INHERIT)) {
            throw tokens.unsupported("NO INHERIT");
        }
        if (tokens.at(Keyword.NOT, Keyword.VALID)) {
            throw tokens.unsupported("NOT VALID");
        }
        return new Definition.Check(name, condition, text, position);
    }

    private Constraint uniqueKey(@Nullable String name, boolean ofTable) {
        int position = tokens.position();
        boolean primary = tokens.accept(Keyword.PRIMARY);
        tokens.expect(primary ? Keyword.KEY : Keyword.UNIQUE);
        if (!primary && tokens.accept(Keyword.NULLS)) {
            if (tokens.at(Keyword.NOT, Keyword.DISTINCT)) {
                throw tokens.unsupported("NULLS NOT DISTINCT");
            }
            tokens.expect(Keyword.DISTINCT);
        }
        List<String> columns = List.of();
        List<String> include = List.of();
        QualifiedName index = null;
        if (ofTable && tokens.accept(Keyword.USING)) {
            tokens.expect(Keyword.INDEX);
            index = grammar.names.qualified();
        } else if (ofTable) {
            columns = grammar.names.columnList();
            include = tokens.accept(Keyword.INCLUDE) ? grammar.names.columnList() : List.of();
        }
        if (tokens.at(Keyword.WITH) && tokens.peek(1).is(TokenKind.OPEN)) {
            throw tokens.unsupported("storage parameter of a constraint");
        }
        if (tokens.at(Keyword.USING, Keyword.INDEX)) {
            throw tokens.unsupported("TABLESPACE");
        }
        if (deferrable()) {
            throw tokens.unsupported("DEFERRABLE unique constraint");
        }
        return new Definition.UniqueKey(name, primary, columns, include, index, position);
    }

    private Constraint references(@Nullable String name, List<String> columns, int position) {
        tokens.expect(Keyword.REFERENCES);
        QualifiedName table = grammar.names.qualified();
        List<String> referenced = grammar.names.columnListIfAny();
        if (tokens.accept(Keyword.MATCH)) {
            if (!tokens.accept(Keyword.SIMPLE)) {
                throw tokens.unsupported("MATCH FULL");
            }
        }
        ReferentialAction onDelete = ReferentialAction.NO_ACTION;
        ReferentialAction onUpdate = ReferentialAction.NO_ACTION;
        while (tokens.accept(Keyword.ON)) {
            if (tokens.accept(Keyword.DELETE)) {
                onDelete = referentialAction();
            } else {
                tokens.expect(Keyword.UPDATE);
                onUpdate = referentialAction();
            }
        }
        boolean deferrable = deferrable();
        if (tokens.at(Keyword.NOT, Keyword.VALID)) {
            throw tokens.unsupported("NOT VALID");
        }
        return new Definition.ForeignKey(
                name, columns, table, referenced, onDelete, onUpdate, deferrable, position);
    }

    private ReferentialAction referentialAction() {
        if (tokens.accept(Keyword.NO)) {
            tokens.expect(Keyword.ACTION);
            return ReferentialAction.NO_ACTION;
        }
        if (tokens.accept(Keyword.RESTRICT)) {
            return ReferentialAction.RESTRICT;
        }
        if (tokens.accept(Keyword.CASCADE)) {
            return ReferentialAction.CASCADE;
        }
        tokens.expect(Keyword.SET);
        if (tokens.accept(Keyword.DEFAULT)) {
            return ReferentialAction.SET_DEFAULT;
        }
        tokens.expect(Keyword.NULL);
        return ReferentialAction.SET_NULL;
    }

    /** Reads what is said about deferring; NOT DEFERRABLE INITIALLY IMMEDIATE is the default. */
    private boolean deferrable() {
        boolean deferrable = false;
        while (true) {
            if (tokens.accept(Keyword.NOT, Keyword.DEFERRABLE)) {
                deferrable = false;
            } else if (tokens.accept(Keyword.DEFERRABLE)) {
                deferrable = true;
            } else if (tokens.accept(Keyword.INITIALLY)) {
                if (!tokens.accept(Keyword.IMMEDIATE)) {
                    tokens.expect(Keyword.DEFERRED);
                    deferrable = true;
                }
            } else {
                return deferrable;
            }
        }
    }

    private Constraint generated(@Nullable String name) {
        int position = tokens.position(tokens.expect(Keyword.GENERATED));
        boolean always = tokens.accept(Keyword.ALWAYS);
        if (!always) {
            tokens.expect(Keyword.BY, Keyword.DEFAULT);
        }
        tokens.expect(Keyword.AS);
        if (always && tokens.accept(TokenKind.OPEN)) {
            Expression value = grammar.expressions.expression();
            tokens.expect(TokenKind.CLOSE);
            tokens.expect(Keyword.STORED);
            return new Definition.GeneratedColumn(name, value, position);
        }
        tokens.expect(Keyword.IDENTITY);
        if (tokens.at(TokenKind.OPEN)) {
            throw tokens.unsupported("sequence option of an identity column");
        }
        return new Definition.Identity(name, always, position);
    }
}
