package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operands: literals, names, parentheses, and what begins with a keyword. */
final class PrimaryParser {

    /** What stood in parentheses. */
    sealed interface Parenthesised {}

    record InnerQuery(Query query) implements Parenthesised {}

    /** One or more expressions. */
    record InnerList(List<Expression> items) implements Parenthesised {}

    private final Grammar grammar;
    private final TokenStream tokens;

    PrimaryParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Expression primary() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        return switch (token.kind()) {
            case INTEGER, DECIMAL -> number(tokens.next());
            case STRING -> string(tokens.next());
            case BIT_STRING, HEX_STRING -> {
                tokens.next();
                boolean hexadecimal = token.is(TokenKind.HEX_STRING);
                yield new Expression.BitLiteral(token.text(), hexadecimal, position);
            }
            case PARAMETER -> indirection(grammar.numberedParameter(tokens.next()));
            case OPERATOR -> {
                if (!token.text().equals("?")) {
                    throw tokens.syntaxError();
                }
                yield grammar.questionMark(tokens.next());
            }
            case OPEN -> inParentheses(position);
            case QUOTED_NAME -> named();
            case WORD -> {
                Keyword keyword = token.keyword();
                yield keyword == null ? named() : keyword(keyword, position);
            }
            default -> throw tokens.syntaxError();
        };
    }

    // Literals ---------------------------------------------------------------------------------

    private Expression number(Token token) {
        Expression lifted = grammar.lifted(token, false, tokens.position(token));
        return lifted == null
                ? new Expression.NumberLiteral(token.text(), tokens.position(token))
                : lifted;
    }

    /** A number that was lifted with the minus before it, if one comes; null otherwise. */
    @Nullable Expression liftedNegative(int position) {
        Expression lifted = grammar.lifted(tokens.peek(), true, position);
        if (lifted != null) {
            tokens.next();
        }
        return lifted;
    }

    private Expression string(Token token) {
        Expression lifted = grammar.lifted(token, false, tokens.position(token));
        return lifted == null
                ? new Expression.StringLiteral(token.text(), tokens.position(token))
                : lifted;
    }

    /** {@code date '...'}: a type's name and a string. */
    private Expression typedLiteral(TypeName type) {
        Token token = tokens.expect(TokenKind.STRING);
        TypeName whole = type;
        if (type.name().name().equals("interval") && type.modifiers().isEmpty()) {
            whole = grammar.names.intervalFields(type);
        }
        Expression value = new Expression.StringLiteral(token.text(), tokens.position(token));
        return new Expression.Cast(value, whole, type.position());
    }

    // Parentheses ------------------------------------------------------------------------------

    /** Whether a query begins here, parentheses aside. */
    boolean atQuery() {
        return startsQuery(tokens.peek())
                && (!tokens.at(Keyword.VALUES) || tokens.peek(1).is(TokenKind.OPEN));
    }

    private static boolean startsQuery(Token token) {
        Keyword keyword = token.keyword();
        return keyword == Keyword.SELECT
                || keyword == Keyword.VALUES
                || keyword == Keyword.WITH
                || keyword == Keyword.TABLE;
    }

    private Expression inParentheses(int position) {
        return switch (parenthesised()) {
            case InnerQuery(Query query) ->
                    indirection(new Expression.ScalarQuery(query, position));
            case InnerList(List<Expression> items) ->
                    items.size() == 1
                            ? indirection(items.getFirst())
                            : new Expression.Row(items, position);
        };
    }

    /** A query or expressions with the parentheses around them. */
    Parenthesised parenthesised() {
        int depth = tokens.depth();
        tokens.enter();
        tokens.expect(TokenKind.OPEN);
        Parenthesised result;
        if (atQuery()) {
            result = new InnerQuery(grammar.queries.query());
        } else if (tokens.at(TokenKind.OPEN)) {
            result = doublyParenthesised();
        } else {
            result = new InnerList(grammar.expressions.list());
        }
        tokens.expect(TokenKind.CLOSE);
        tokens.leave(depth);
        return result;
    }

    /** Only what follows the inner parentheses tells whether a query in them goes on. */
    private Parenthesised doublyParenthesised() {
        int position = tokens.position();
        Parenthesised inner = parenthesised();
        if (inner instanceof InnerQuery(Query query)) {
            if (tokens.at(TokenKind.CLOSE)) {
                return inner;
            }
            if (grammar.queries.atContinuation()) {
                return new InnerQuery(grammar.queries.continued(query));
            }
        }
        Expression first =
                switch (inner) {
                    case InnerQuery(Query query) -> new Expression.ScalarQuery(query, position);
                    case InnerList(List<Expression> items) when items.size() == 1 ->
                            items.getFirst();
                    case InnerList(List<Expression> items) -> new Expression.Row(items, position);
                };
        List<Expression> items = new ArrayList<>();
        items.add(grammar.expressions.continued(indirection(first)));
        while (tokens.accept(TokenKind.COMMA)) {
            items.add(grammar.expressions.expression());
        }
        return new InnerList(List.copyOf(items));
    }

    /** A query in parentheses and nothing else. */
    Query queryInParentheses() {
        int ahead = 0;
        while (tokens.peek(ahead).is(TokenKind.OPEN)) {
            ahead++;
        }
        Token first = tokens.peek(ahead);
        if (ahead == 0 || !startsQuery(first)) {
            throw tokens.syntaxError(first);
        }
        return switch (parenthesised()) {
            case InnerQuery(Query query) -> query;
            case InnerList _ -> throw tokens.syntaxError(first);
        };
    }

    // Names ------------------------------------------------------------------------------------

    /** A column, a call, or a literal of a named type. */
    private Expression named() {
        Token first = tokens.peek();
        int position = tokens.position(first);
        List<String> parts = new ArrayList<>(3);
        parts.add(tokens.next().text());
        boolean column = NameParser.isColumnName(first);
        while (column && tokens.accept(TokenKind.DOT)) {
            if (tokens.acceptOperator("*")) {
                return new Expression.Star(List.copyOf(parts), position);
            }
            parts.add(grammar.names.label());
        }
        boolean qualified = parts.size() > 1;
        if (qualified ? column : NameParser.isTypeOrFunctionName(first)) {
            QualifiedName name = new QualifiedName(List.copyOf(parts), position);
            if (tokens.at(TokenKind.OPEN)) {
                return callOrLiteral(name);
            }
            if (tokens.at(TokenKind.STRING)) {
                return typedLiteral(new TypeName(name, List.of(), null, 0, false, position));
            }
        }
        if (!column) {
            throw tokens.syntaxError();
        }
        return indirection(new Expression.ColumnReference(List.copyOf(parts), position));
    }

    private Expression callOrLiteral(QualifiedName name) {
        Expression call = grammar.calls.call(name);
        if (tokens.at(TokenKind.STRING)
                && call instanceof Expression.FunctionCall plain
                && !plain.arguments().isEmpty()
                && plain.options().equals(Expression.CallOptions.NONE)) {
            TypeName type = new TypeName(name, plain.arguments(), null, 0, false, name.position());
            return typedLiteral(type);
        }
        return call;
    }

    /** Subscripts and fields behind an operand that allows them. */
    private Expression indirection(Expression operand) {
        Expression result = operand;
        while (true) {
            int position = tokens.position();
            if (tokens.accept(TokenKind.OPEN_BRACKET)) {
                result = subscript(result, position);
            } else if (tokens.accept(TokenKind.DOT)) {
                if (tokens.acceptOperator("*")) {
                    return new Expression.FieldStar(result, position);
                }
                result = new Expression.FieldSelection(result, grammar.names.label(), position);
            } else {
                return result;
            }
        }
    }

    private Expression subscript(Expression operand, int position) {
        Expression lower = tokens.at(TokenKind.COLON) ? null : grammar.expressions.expression();
        if (lower != null && tokens.accept(TokenKind.CLOSE_BRACKET)) {
            return new Expression.Subscript(operand, lower, position);
        }
        tokens.expect(TokenKind.COLON);
        Expression upper =
                tokens.at(TokenKind.CLOSE_BRACKET) ? null : grammar.expressions.expression();
        tokens.expect(TokenKind.CLOSE_BRACKET);
        return new Expression.Slice(operand, lower, upper, position);
    }

    // Keywords ---------------------------------------------------------------------------------

    private Expression keyword(Keyword keyword, int position) {
        if (tokens.peek(1).is(TokenKind.OPEN)) {
            Expression call = grammar.calls.special(keyword, position);
            if (call != null) {
                return call;
            }
        }
        return switch (keyword) {
            case TRUE, FALSE -> {
                tokens.next();
                yield new Expression.BooleanLiteral(keyword == Keyword.TRUE, position);
            }
            case NULL -> {
                tokens.next();
                yield new Expression.NullLiteral(position);
            }
            case DEFAULT -> {
                tokens.next();
                yield new Expression.DefaultValue(position);
            }
            case CAST -> {
                tokens.next();
                throw tokens.syntaxError();
            }
            case CASE -> caseExpression(position);
            case ARRAY -> array(position);
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
                    sessionValue(keyword, position);
            case COLLATION -> {
                if (tokens.peek(1).keyword() != Keyword.FOR) {
                    yield named();
                }
                tokens.next();
                tokens.next();
                tokens.expect(TokenKind.OPEN);
                Expression operand = grammar.expressions.expression();
                tokens.expect(TokenKind.CLOSE);
                yield CallParser.systemCall("pg_collation_for", position, operand);
            }
            default -> typeOrName(keyword);
        };
    }

    private Expression typeOrName(Keyword keyword) {
        if (keyword.category() == Keyword.Category.RESERVED) {
            throw tokens.syntaxError();
        }
        if (grammar.names.atBuiltInType()) {
            int mark = tokens.mark();
            TypeName type = grammar.names.simpleType();
            if (tokens.at(TokenKind.STRING)) {
                return typedLiteral(type);
            }
            tokens.reset(mark);
        }
        return named();
    }

    private Expression sessionValue(Keyword keyword, int position) {
        if (keyword == Keyword.CURRENT_SCHEMA && tokens.peek(1).is(TokenKind.OPEN)) {
            return named();
        }
        tokens.next();
        boolean takesPrecision =
                switch (keyword) {
                    case CURRENT_TIME, CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP -> true;
                    default -> false;
                };
        int precision = -1;
        if (takesPrecision && tokens.accept(TokenKind.OPEN)) {
            precision = (int) Math.min(grammar.names.signedInteger(), Integer.MAX_VALUE);
            tokens.expect(TokenKind.CLOSE);
        }
        Expression.SessionValueKind kind = Expression.SessionValueKind.valueOf(keyword.name());
        return new Expression.SessionValue(kind, precision, position);
    }

    private Expression caseExpression(int position) {
        tokens.expect(Keyword.CASE);
        Expression operand = tokens.at(Keyword.WHEN) ? null : grammar.expressions.expression();
        List<Expression.When> branches = new ArrayList<>();
        do {
            int branch = tokens.position(tokens.expect(Keyword.WHEN));
            Expression condition = grammar.expressions.expression();
            tokens.expect(Keyword.THEN);
            Expression result = grammar.expressions.expression();
            branches.add(new Expression.When(condition, result, branch));
        } while (tokens.at(Keyword.WHEN));
        Expression otherwise =
                tokens.accept(Keyword.ELSE) ? grammar.expressions.expression() : null;
        tokens.expect(Keyword.END);
        return new Expression.Case(operand, List.copyOf(branches), otherwise, position);
    }

    private Expression array(int position) {
        tokens.expect(Keyword.ARRAY);
        if (tokens.at(TokenKind.OPEN)) {
            return new Expression.ArrayQuery(queryInParentheses(), position);
        }
        return arrayItems(position);
    }

    /** {@code [1, 2]}, or {@code [[1], [2]]}, whose inner brackets need no ARRAY. */
    private Expression arrayItems(int position) {
        int depth = tokens.depth();
        tokens.enter();
        tokens.expect(TokenKind.OPEN_BRACKET);
        List<Expression> items = new ArrayList<>();
        if (!tokens.at(TokenKind.CLOSE_BRACKET)) {
            do {
                items.add(
                        tokens.at(TokenKind.OPEN_BRACKET)
                                ? arrayItems(tokens.position())
                                : grammar.expressions.expression());
            } while (tokens.accept(TokenKind.COMMA));
        }
        tokens.expect(TokenKind.CLOSE_BRACKET);
        tokens.leave(depth);
        return new Expression.ArrayConstructor(List.copyOf(items), position);
    }
}
