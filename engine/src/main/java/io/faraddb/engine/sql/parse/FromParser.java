package io.faraddb.engine.sql.parse;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.sql.parse.ast.TableReference.Alias;
import io.faraddb.engine.sql.parse.ast.TableReference.ColumnDeclaration;
import io.faraddb.engine.sql.parse.ast.TableReference.FunctionItem;
import io.faraddb.engine.sql.parse.ast.TableReference.JoinKind;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FROM: tables, queries, functions, and their joins. */
final class FromParser {

    private final Grammar grammar;
    private final TokenStream tokens;

    FromParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    List<TableReference> list() {
        List<TableReference> list = new ArrayList<>();
        do {
            list.add(joined(item()));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(list);
    }

    // Joins ------------------------------------------------------------------------------------

    /** All joins that follow, from left to right. */
    private TableReference joined(TableReference first) {
        TableReference left = first;
        int depth = tokens.depth();
        while (atJoin()) {
            tokens.enter();
            left = join(left);
        }
        tokens.leave(depth);
        return left;
    }

    private boolean atJoin() {
        return tokens.atAny(
                Keyword.JOIN,
                Keyword.INNER,
                Keyword.LEFT,
                Keyword.RIGHT,
                Keyword.FULL,
                Keyword.CROSS,
                Keyword.NATURAL);
    }

    private TableReference join(TableReference left) {
        int position = tokens.position();
        if (tokens.accept(Keyword.CROSS)) {
            tokens.expect(Keyword.JOIN);
            return new TableReference.Join(
                    JoinKind.CROSS, false, left, item(), null, List.of(), null, null, position);
        }
        boolean natural = tokens.accept(Keyword.NATURAL);
        JoinKind kind = joinKind();
        tokens.expect(Keyword.JOIN);
        if (natural) {
            return new TableReference.Join(
                    kind, true, left, item(), null, List.of(), null, null, position);
        }
        // "a JOIN b JOIN c ON .. ON ..": the right side may be a join before its condition comes.
        TableReference right = joined(item());
        if (tokens.accept(Keyword.USING)) {
            List<String> columns = grammar.names.columnList();
            String alias = tokens.accept(Keyword.AS) ? grammar.names.columnName() : null;
            return new TableReference.Join(
                    kind, false, left, right, null, columns, alias, null, position);
        }
        tokens.expect(Keyword.ON);
        Expression on = grammar.expressions.expression();
        return new TableReference.Join(
                kind, false, left, right, on, List.of(), null, null, position);
    }

    private JoinKind joinKind() {
        if (tokens.accept(Keyword.INNER) || tokens.at(Keyword.JOIN)) {
            return JoinKind.INNER;
        }
        JoinKind kind = JoinKind.FULL;
        if (tokens.accept(Keyword.LEFT)) {
            kind = JoinKind.LEFT;
        } else if (tokens.accept(Keyword.RIGHT)) {
            kind = JoinKind.RIGHT;
        } else {
            tokens.expect(Keyword.FULL);
        }
        tokens.accept(Keyword.OUTER);
        return kind;
    }

    // Items ------------------------------------------------------------------------------------

    private TableReference item() {
        int position = tokens.position();
        boolean lateral = tokens.accept(Keyword.LATERAL);
        if (tokens.at(TokenKind.OPEN)) {
            if (!lateral) {
                return aliased(inParentheses(), position);
            }
            int queryPosition = tokens.position();
            Query query = grammar.primaries.queryInParentheses();
            return derivedTable(query, true, aliasIfAny(), queryPosition);
        }
        if (tokens.at(Keyword.ROWS, Keyword.FROM)) {
            return rowsFrom(lateral, position);
        }
        if (atFunction()) {
            FunctionItem function = functionItem();
            return functionTable(List.of(function), lateral, position);
        }
        if (lateral) {
            throw tokens.syntaxError();
        }
        return relation();
    }

    private boolean atFunction() {
        int ahead = 0;
        while (NameParser.isLabel(tokens.peek(ahead)) && tokens.peek(ahead + 1).is(TokenKind.DOT)) {
            ahead += 2;
        }
        if (!NameParser.isLabel(tokens.peek(ahead))) {
            return false;
        }
        return tokens.peek(ahead + 1).is(TokenKind.OPEN)
                ? !tokens.at(Keyword.ONLY)
                : isSessionValue(tokens.peek().keyword());
    }

    /** {@code SELECT * FROM current_date} calls a function, too. */
    private static boolean isSessionValue(@Nullable Keyword keyword) {
        return switch (keyword) {
            case CURRENT_DATE,
                    CURRENT_TIME,
                    CURRENT_TIMESTAMP,
                    LOCALTIME,
                    LOCALTIMESTAMP,
                    CURRENT_ROLE,
                    CURRENT_USER,
                    SESSION_USER,
                    USER,
                    CURRENT_CATALOG,
                    CURRENT_SCHEMA ->
                    true;
            case null, default -> false;
        };
    }

    private FunctionItem functionItem() {
        int position = tokens.position();
        return new FunctionItem(grammar.primaries.primary(), List.of(), position);
    }

    private TableReference rowsFrom(boolean lateral, int position) {
        tokens.expect(Keyword.ROWS, Keyword.FROM);
        tokens.expect(TokenKind.OPEN);
        List<FunctionItem> functions = new ArrayList<>();
        do {
            FunctionItem function = functionItem();
            if (tokens.accept(Keyword.AS)) {
                function = new FunctionItem(function.call(), declarations(), function.position());
            }
            functions.add(function);
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.CLOSE);
        return functionTable(List.copyOf(functions), lateral, position);
    }

    private TableReference functionTable(
            List<FunctionItem> functions, boolean lateral, int position) {
        boolean ordinality = tokens.accept(Keyword.WITH, Keyword.ORDINALITY);
        if (!ordinality
                && functions.size() == 1
                && tokens.at(Keyword.AS)
                && tokens.peek(1).is(TokenKind.OPEN)) {
            tokens.next();
            FunctionItem only = functions.getFirst();
            FunctionItem declared = new FunctionItem(only.call(), declarations(), only.position());
            return new TableReference.FunctionTable(
                    List.of(declared), lateral, false, null, position);
        }
        return new TableReference.FunctionTable(
                functions, lateral, ordinality, aliasIfAny(), position);
    }

    /** A table by name with its alias. */
    private TableReference relation() {
        TableReference.NamedTable table = relationWithoutAlias();
        Alias alias = aliasIfAny();
        if (tokens.at(Keyword.TABLESAMPLE)) {
            throw tokens.unsupported("TABLESAMPLE");
        }
        return alias == null
                ? table
                : new TableReference.NamedTable(
                        table.name(), table.only(), alias, table.position());
    }

    TableReference.NamedTable relationWithoutAlias() {
        int position = tokens.position();
        boolean only = tokens.accept(Keyword.ONLY);
        QualifiedName name;
        if (only && tokens.accept(TokenKind.OPEN)) {
            name = grammar.names.qualified();
            tokens.expect(TokenKind.CLOSE);
        } else {
            name = grammar.names.qualified();
            if (!only) {
                tokens.acceptOperator("*");
            }
        }
        return new TableReference.NamedTable(name, only, null, position);
    }

    // Parentheses ------------------------------------------------------------------------------

    private sealed interface Inside {}

    private record InnerQuery(Query query) implements Inside {}

    private record InnerTable(TableReference table) implements Inside {}

    /** A query or a join with the parentheses around it. */
    private Inside inParentheses() {
        int depth = tokens.depth();
        tokens.enter();
        tokens.expect(TokenKind.OPEN);
        Inside inside = inside();
        tokens.expect(TokenKind.CLOSE);
        tokens.leave(depth);
        return inside;
    }

    private Inside inside() {
        if (grammar.primaries.atQuery()) {
            return new InnerQuery(grammar.queries.query());
        }
        if (!tokens.at(TokenKind.OPEN)) {
            return new InnerTable(joinIn(item()));
        }
        int position = tokens.position();
        Inside inner = inParentheses();
        if (inner instanceof InnerQuery(Query query)) {
            if (tokens.at(TokenKind.CLOSE)) {
                return inner;
            }
            if (grammar.queries.atContinuation()) {
                return new InnerQuery(grammar.queries.continued(query));
            }
        }
        TableReference left = aliased(inner, position);
        return new InnerTable(tokens.at(TokenKind.CLOSE) ? left : joinIn(left));
    }

    /** Parentheses in FROM hold a join, not a lone table. */
    private TableReference joinIn(TableReference first) {
        if (!atJoin()) {
            throw tokens.syntaxError();
        }
        return joined(first);
    }

    private TableReference aliased(Inside inside, int position) {
        Alias alias = aliasIfAny();
        return switch (inside) {
            case InnerQuery(Query query) -> derivedTable(query, false, alias, position);
            case InnerTable(TableReference.Join join) when alias != null ->
                    new TableReference.Join(
                            join.kind(),
                            join.natural(),
                            join.left(),
                            join.right(),
                            join.on(),
                            join.using(),
                            join.usingAlias(),
                            alias,
                            join.position());
            case InnerTable(TableReference table) -> {
                if (alias != null) {
                    throw tokens.syntaxError();
                }
                yield table;
            }
        };
    }

    private TableReference derivedTable(
            Query query, boolean lateral, @Nullable Alias alias, int position) {
        if (alias == null) {
            boolean values = query.isBodyOnly() && query.body() instanceof Query.Values;
            throw tokens.error(
                            ErrorCode.SYNTAX_ERROR,
                            (values ? "VALUES" : "subquery") + " in FROM must have an alias",
                            position)
                    .hint(
                            "For example, FROM ("
                                    + (values ? "VALUES" : "SELECT")
                                    + " ...) [AS] foo.");
        }
        return new TableReference.DerivedTable(query, lateral, alias, position);
    }

    // Aliases ----------------------------------------------------------------------------------

    @Nullable Alias aliasIfAny() {
        boolean as = tokens.accept(Keyword.AS);
        if (!as && !grammar.names.atColumnName()) {
            return null;
        }
        int position = tokens.position();
        String name = grammar.names.columnName();
        if (!tokens.at(TokenKind.OPEN)) {
            return new Alias(name, List.of(), List.of(), position);
        }
        boolean declared =
                !tokens.peek(2).is(TokenKind.COMMA) && !tokens.peek(2).is(TokenKind.CLOSE);
        return declared
                ? new Alias(name, List.of(), declarations(), position)
                : new Alias(name, grammar.names.columnList(), List.of(), position);
    }

    private List<ColumnDeclaration> declarations() {
        tokens.expect(TokenKind.OPEN);
        List<ColumnDeclaration> declarations = new ArrayList<>();
        do {
            int position = tokens.position();
            String name = grammar.names.columnName();
            declarations.add(new ColumnDeclaration(name, grammar.names.type(), position));
            if (tokens.accept(Keyword.COLLATE)) {
                throw tokens.unsupported("COLLATE in a column definition list");
            }
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.CLOSE);
        return List.copyOf(declarations);
    }
}
