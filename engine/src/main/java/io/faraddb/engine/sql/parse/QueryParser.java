package io.faraddb.engine.sql.parse;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.OperatorName;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.Query.Body;
import io.faraddb.engine.sql.parse.ast.Query.Limit;
import io.faraddb.engine.sql.parse.ast.Query.LockStrength;
import io.faraddb.engine.sql.parse.ast.Query.LockWait;
import io.faraddb.engine.sql.parse.ast.Query.NullOrder;
import io.faraddb.engine.sql.parse.ast.Query.RowLock;
import io.faraddb.engine.sql.parse.ast.Query.SelectItem;
import io.faraddb.engine.sql.parse.ast.Query.SetOperator;
import io.faraddb.engine.sql.parse.ast.Query.SortItem;
import io.faraddb.engine.sql.parse.ast.Statement;
import io.faraddb.engine.sql.parse.ast.TableReference;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT, VALUES, set operations, and what stands around them. */
final class QueryParser {

    private final Grammar grammar;
    private final TokenStream tokens;

    QueryParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    // Whole queries ----------------------------------------------------------------------------

    Query query() {
        int position = tokens.position();
        Query.With with = tokens.at(Keyword.WITH) ? with() : null;
        return queryBehind(with, position);
    }

    /** The query that follows a WITH clause, if there was one. */
    Query queryBehind(Query.@Nullable With with, int position) {
        int depth = tokens.depth();
        tokens.enter();
        Query query = tail(with, union(operand()), position);
        tokens.leave(depth);
        return query;
    }

    /** Whether a query in parentheses can go on here. */
    boolean atContinuation() {
        return tokens.atAny(
                Keyword.UNION,
                Keyword.INTERSECT,
                Keyword.EXCEPT,
                Keyword.ORDER,
                Keyword.LIMIT,
                Keyword.OFFSET,
                Keyword.FETCH,
                Keyword.FOR);
    }

    /** Goes on behind a query in parentheses. */
    Query continued(Query inner) {
        return tail(null, union(bodyOf(inner)), inner.position());
    }

    private Query tail(Query.@Nullable With with, Body body, int position) {
        List<SortItem> orderBy = orderBy();
        List<RowLock> locks = locks();
        Limit limit = limit(!orderBy.isEmpty());
        if (locks.isEmpty()) {
            locks = locks();
        }
        boolean bare = with == null && orderBy.isEmpty() && limit == null && locks.isEmpty();
        if (bare && body instanceof Query.Nested nested) {
            return nested.query();
        }
        return new Query(with, body, orderBy, limit, locks, position);
    }

    // Bodies -----------------------------------------------------------------------------------

    private Body union(Body first) {
        Body left = intersect(first);
        int depth = tokens.depth();
        while (tokens.atAny(Keyword.UNION, Keyword.EXCEPT)) {
            tokens.enter();
            SetOperator operator =
                    tokens.at(Keyword.UNION) ? SetOperator.UNION : SetOperator.EXCEPT;
            int position = tokens.position(tokens.next());
            boolean all = all();
            left = new Query.SetOperation(operator, all, left, intersect(operand()), position);
        }
        tokens.leave(depth);
        return left;
    }

    private Body intersect(Body first) {
        Body left = first;
        int depth = tokens.depth();
        while (tokens.at(Keyword.INTERSECT)) {
            tokens.enter();
            int position = tokens.position(tokens.next());
            boolean all = all();
            left = new Query.SetOperation(SetOperator.INTERSECT, all, left, operand(), position);
        }
        tokens.leave(depth);
        return left;
    }

    private boolean all() {
        if (tokens.accept(Keyword.ALL)) {
            return true;
        }
        tokens.accept(Keyword.DISTINCT);
        return false;
    }

    private Body operand() {
        Keyword keyword = tokens.peek().keyword();
        int position = tokens.position();
        return switch (keyword) {
            case SELECT -> select(position);
            case VALUES -> values(position);
            case TABLE -> {
                tokens.next();
                yield wholeTable(position);
            }
            case null, default -> bodyOf(grammar.primaries.queryInParentheses());
        };
    }

    private static Body bodyOf(Query query) {
        return query.isBodyOnly() ? query.body() : new Query.Nested(query, query.position());
    }

    private Body wholeTable(int position) {
        SelectItem all = new SelectItem(new Expression.Star(List.of(), position), null, position);
        return new Query.Select(
                false,
                List.of(),
                List.of(all),
                List.of(grammar.from.relationWithoutAlias()),
                null,
                List.of(),
                null,
                List.of(),
                position);
    }

    private Body values(int position) {
        tokens.expect(Keyword.VALUES);
        List<List<Expression>> rows = new ArrayList<>();
        do {
            tokens.expect(TokenKind.OPEN);
            rows.add(grammar.expressions.list());
            tokens.expect(TokenKind.CLOSE);
        } while (tokens.accept(TokenKind.COMMA));
        return new Query.Values(List.copyOf(rows), position);
    }

    private Body select(int position) {
        tokens.expect(Keyword.SELECT);
        boolean distinct = tokens.accept(Keyword.DISTINCT);
        List<Expression> distinctOn = List.of();
        if (distinct && tokens.accept(Keyword.ON)) {
            tokens.expect(TokenKind.OPEN);
            distinctOn = grammar.expressions.list();
            tokens.expect(TokenKind.CLOSE);
        } else if (!distinct) {
            tokens.accept(Keyword.ALL);
        }
        List<SelectItem> items = atSelectEnd() ? List.of() : selectItems();
        if (tokens.at(Keyword.INTO)) {
            throw tokens.unsupported("SELECT INTO").hint("Use CREATE TABLE ... AS.");
        }
        List<TableReference> from = tokens.accept(Keyword.FROM) ? grammar.from.list() : List.of();
        Expression where = where();
        List<Expression> groupBy = tokens.accept(Keyword.GROUP) ? groupBy() : List.of();
        Expression having = tokens.accept(Keyword.HAVING) ? grammar.expressions.expression() : null;
        List<Query.NamedWindow> windows = windows();
        return new Query.Select(
                distinct, distinctOn, items, from, where, groupBy, having, windows, position);
    }

    /** PostgreSQL allows a SELECT of no columns. */
    private boolean atSelectEnd() {
        return tokens.atStatementEnd()
                || tokens.at(TokenKind.CLOSE)
                || tokens.atAny(
                        Keyword.FROM,
                        Keyword.WHERE,
                        Keyword.GROUP,
                        Keyword.HAVING,
                        Keyword.INTO,
                        Keyword.WINDOW,
                        Keyword.WITH)
                || atContinuation();
    }

    List<SelectItem> selectItems() {
        List<SelectItem> items = new ArrayList<>();
        do {
            items.add(selectItem());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(items);
    }

    private SelectItem selectItem() {
        int position = tokens.position();
        if (tokens.acceptOperator("*")) {
            return new SelectItem(new Expression.Star(List.of(), position), null, position);
        }
        Expression expression = grammar.expressions.expression();
        String alias = null;
        if (tokens.accept(Keyword.AS)) {
            alias = grammar.names.label();
        } else if (isBareLabel(tokens.peek())) {
            alias = tokens.next().text();
        }
        return new SelectItem(expression, alias, position);
    }

    private static boolean isBareLabel(Token token) {
        Keyword keyword = token.keyword();
        return NameParser.isLabel(token) && (keyword == null || keyword.isBareLabel());
    }

    @Nullable Expression where() {
        if (!tokens.accept(Keyword.WHERE)) {
            return null;
        }
        if (tokens.at(Keyword.CURRENT, Keyword.OF)) {
            throw tokens.unsupported("WHERE CURRENT OF");
        }
        return grammar.expressions.expression();
    }

    private List<Expression> groupBy() {
        tokens.expect(Keyword.BY);
        boolean sets =
                tokens.at(Keyword.GROUPING, Keyword.SETS)
                        || (tokens.atAny(Keyword.CUBE, Keyword.ROLLUP)
                                && tokens.peek(1).is(TokenKind.OPEN));
        if (sets) {
            throw tokens.unsupported("GROUPING SETS");
        }
        if (!tokens.accept(Keyword.ALL)) {
            tokens.accept(Keyword.DISTINCT);
        }
        List<Expression> keys = new ArrayList<>();
        do {
            if (tokens.at(TokenKind.OPEN) && tokens.peek(1).is(TokenKind.CLOSE)) {
                throw tokens.unsupported("GROUP BY ()");
            }
            keys.add(grammar.expressions.expression());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(keys);
    }

    private List<Query.NamedWindow> windows() {
        if (!tokens.accept(Keyword.WINDOW)) {
            return List.of();
        }
        List<Query.NamedWindow> windows = new ArrayList<>();
        do {
            int position = tokens.position();
            String name = grammar.names.columnName();
            tokens.expect(Keyword.AS);
            windows.add(new Query.NamedWindow(name, grammar.calls.window(position)));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(windows);
    }

    // Around -----------------------------------------------------------------------------------

    /** ORDER BY and its keys, or nothing. */
    List<SortItem> orderBy() {
        if (!tokens.accept(Keyword.ORDER)) {
            return List.of();
        }
        tokens.expect(Keyword.BY);
        List<SortItem> items = new ArrayList<>();
        do {
            items.add(sortItem(grammar.expressions.expression()));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(items);
    }

    /** The direction behind a key. */
    SortItem sortItem(Expression key) {
        OperatorName using = null;
        boolean descending = false;
        if (tokens.accept(Keyword.USING)) {
            using =
                    tokens.at(Keyword.OPERATOR)
                            ? grammar.expressions.explicitOperator()
                            : OperatorName.of(tokens.expect(TokenKind.OPERATOR).text());
        } else if (tokens.accept(Keyword.DESC)) {
            descending = true;
        } else {
            tokens.accept(Keyword.ASC);
        }
        NullOrder nulls = NullOrder.DEFAULT;
        if (tokens.accept(Keyword.NULLS)) {
            if (tokens.accept(Keyword.FIRST)) {
                nulls = NullOrder.FIRST;
            } else {
                tokens.expect(Keyword.LAST);
                nulls = NullOrder.LAST;
            }
        }
        return new SortItem(key, descending, nulls, using, key.position());
    }

    private @Nullable Limit limit(boolean sorted) {
        Expression count = null;
        Expression offset = null;
        boolean withTies = false;
        boolean any = false;
        boolean counted = false;
        while (tokens.atAny(Keyword.LIMIT, Keyword.OFFSET, Keyword.FETCH)) {
            any = true;
            boolean isOffset = tokens.at(Keyword.OFFSET);
            if (isOffset ? offset != null : counted) {
                throw tokens.syntaxError();
            }
            if (isOffset) {
                offset = offset();
            } else if (tokens.at(Keyword.LIMIT)) {
                counted = true;
                count = limitCount();
            } else {
                counted = true;
                count = fetchCount();
                withTies = ties(sorted);
            }
        }
        return any ? new Limit(count, offset, withTies) : null;
    }

    private Expression offset() {
        tokens.expect(Keyword.OFFSET);
        Expression offset = grammar.expressions.expression();
        if (!tokens.accept(Keyword.ROW)) {
            tokens.accept(Keyword.ROWS);
        }
        return offset;
    }

    private @Nullable Expression limitCount() {
        int position = tokens.position(tokens.expect(Keyword.LIMIT));
        if (tokens.accept(Keyword.ALL)) {
            return null;
        }
        Expression count = grammar.expressions.expression();
        if (tokens.at(TokenKind.COMMA)) {
            throw tokens.error(
                            ErrorCode.SYNTAX_ERROR, "LIMIT #,# syntax is not supported", position)
                    .hint("Use separate LIMIT and OFFSET clauses.");
        }
        return count instanceof Expression.NullLiteral ? null : count;
    }

    /** FETCH FIRST without a number means one row. */
    private Expression fetchCount() {
        int position = tokens.position(tokens.expect(Keyword.FETCH));
        if (!tokens.accept(Keyword.FIRST)) {
            tokens.expect(Keyword.NEXT);
        }
        Expression count =
                tokens.atAny(Keyword.ROW, Keyword.ROWS)
                        ? new Expression.NumberLiteral("1", position)
                        : grammar.expressions.tightExpression();
        if (!tokens.accept(Keyword.ROW)) {
            tokens.expect(Keyword.ROWS);
        }
        return count;
    }

    private boolean ties(boolean sorted) {
        if (tokens.at(Keyword.WITH, Keyword.TIES)) {
            if (!sorted) {
                throw new SqlException(
                        ErrorCode.SYNTAX_ERROR,
                        "WITH TIES cannot be specified without ORDER BY clause");
            }
            tokens.next();
            tokens.next();
            return true;
        }
        tokens.expect(Keyword.ONLY);
        return false;
    }

    private List<RowLock> locks() {
        List<RowLock> locks = new ArrayList<>();
        while (tokens.at(Keyword.FOR)) {
            int position = tokens.position(tokens.next());
            if (tokens.accept(Keyword.READ)) {
                tokens.expect(Keyword.ONLY);
                continue;
            }
            LockStrength strength = lockStrength();
            List<QualifiedName> of =
                    tokens.accept(Keyword.OF) ? grammar.names.qualifiedList() : List.of();
            LockWait wait = LockWait.WAIT;
            if (tokens.accept(Keyword.NOWAIT)) {
                wait = LockWait.NOWAIT;
            } else if (tokens.accept(Keyword.SKIP)) {
                tokens.expect(Keyword.LOCKED);
                wait = LockWait.SKIP_LOCKED;
            }
            locks.add(new RowLock(strength, of, wait, position));
        }
        return List.copyOf(locks);
    }

    private LockStrength lockStrength() {
        if (tokens.accept(Keyword.UPDATE)) {
            return LockStrength.UPDATE;
        }
        if (tokens.accept(Keyword.NO)) {
            tokens.expect(Keyword.KEY);
            tokens.expect(Keyword.UPDATE);
            return LockStrength.NO_KEY_UPDATE;
        }
        if (tokens.accept(Keyword.SHARE)) {
            return LockStrength.SHARE;
        }
        tokens.expect(Keyword.KEY);
        tokens.expect(Keyword.SHARE);
        return LockStrength.KEY_SHARE;
    }

    // WITH -------------------------------------------------------------------------------------

    Query.With with() {
        int position = tokens.position(tokens.expect(Keyword.WITH));
        boolean recursive = tokens.accept(Keyword.RECURSIVE);
        List<Query.CommonTable> tables = new ArrayList<>();
        do {
            tables.add(commonTable());
        } while (tokens.accept(TokenKind.COMMA));
        return new Query.With(recursive, List.copyOf(tables), position);
    }

    private Query.CommonTable commonTable() {
        int position = tokens.position();
        String name = grammar.names.columnName();
        List<String> columns = grammar.names.columnListIfAny();
        tokens.expect(Keyword.AS);
        Query.Materialization materialization = Query.Materialization.DEFAULT;
        if (tokens.accept(Keyword.MATERIALIZED)) {
            materialization = Query.Materialization.MATERIALIZED;
        } else if (tokens.accept(Keyword.NOT)) {
            tokens.expect(Keyword.MATERIALIZED);
            materialization = Query.Materialization.NOT_MATERIALIZED;
        }
        Statement statement;
        if (tokens.at(TokenKind.OPEN) && grammar.dml.isDataChange(tokens.peek(1))) {
            tokens.next();
            statement = grammar.dml.dataChange(null);
            tokens.expect(TokenKind.CLOSE);
        } else {
            statement = grammar.primaries.queryInParentheses();
        }
        if (tokens.atAny(Keyword.SEARCH, Keyword.CYCLE)) {
            throw tokens.unsupported(tokens.at(Keyword.SEARCH) ? "SEARCH" : "CYCLE");
        }
        return new Query.CommonTable(name, columns, materialization, statement, position);
    }
}
