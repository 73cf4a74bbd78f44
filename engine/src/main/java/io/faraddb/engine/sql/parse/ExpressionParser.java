package io.faraddb.engine.sql.parse;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Expression.Connective;
import io.faraddb.engine.sql.parse.ast.Expression.LikeKind;
import io.faraddb.engine.sql.parse.ast.Expression.Quantifier;
import io.faraddb.engine.sql.parse.ast.Expression.TestedState;
import io.faraddb.engine.sql.parse.ast.OperatorName;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Operators, by precedence climbing over PostgreSQL's table. Each level below binds tighter than
 * the one before it.
 */
final class ExpressionParser {

    private static final int NONE = -1;
    private static final int OR = 1;
    private static final int AND = 2;
    private static final int IS = 4;
    private static final int COMPARISON = 5;

    /** BETWEEN, IN, LIKE and their kin. */
    private static final int RANGE = 6;

    /** Any operator that has no level of its own. */
    private static final int OTHER = 7;

    private static final int SUM = 8;
    private static final int PRODUCT = 9;
    private static final int POWER = 10;
    private static final int TIME_ZONE = 11;
    private static final int COLLATE = 12;
    private static final int SIGN = 13;
    private static final int CAST = 14;

    private final Grammar grammar;
    private final TokenStream tokens;

    ExpressionParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** Any expression. */
    Expression expression() {
        return expression(OR);
    }

    /** One that ends before IN, BETWEEN, LIKE, comparisons, IS, NOT, AND and OR. */
    Expression tightExpression() {
        return expression(OTHER);
    }

    /** A column's default, which ends before IS, NOT, AND and OR. */
    Expression defaultExpression() {
        return expression(COMPARISON);
    }

    /** {@code a, b, c}. */
    List<Expression> list() {
        List<Expression> list = new ArrayList<>();
        do {
            list.add(expression());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(list);
    }

    private Expression expression(int minLevel) {
        int depth = tokens.depth();
        tokens.enter();
        Expression result = climb(prefix(), minLevel);
        tokens.leave(depth);
        return result;
    }

    /** Continues behind an operand that was read already. */
    Expression continued(Expression left) {
        return climb(left, OR);
    }

    private Expression climb(Expression first, int minLevel) {
        int depth = tokens.depth();
        Expression left = first;
        int forbidden = NONE;
        while (true) {
            int level = level(tokens.peek());
            if (level < minLevel) {
                tokens.leave(depth);
                return left;
            }
            if (level == forbidden) {
                throw tokens.syntaxError();
            }
            // A chain of operators makes the tree deeper, too.
            tokens.enter();
            forbidden = isNonAssociative(level) ? level : NONE;
            left = infix(left, level);
        }
    }

    private boolean isNonAssociative(int level) {
        return level == COMPARISON
                || (level == RANGE
                        && !tokens.at(Keyword.IN)
                        && tokens.peek(1).keyword() != Keyword.IN);
    }

    private int level(Token token) {
        return switch (token.kind()) {
            case OPERATOR -> operatorLevel(token.text());
            case TYPE_CAST -> CAST;
            case WORD -> {
                Keyword keyword = token.keyword();
                yield keyword == null ? NONE : keywordLevel(keyword);
            }
            default -> NONE;
        };
    }

    private static int operatorLevel(String operator) {
        return switch (operator) {
            case "=", "<", ">", "<=", ">=", "<>" -> COMPARISON;
            case "+", "-" -> SUM;
            case "*", "/", "%" -> PRODUCT;
            case "^" -> POWER;
            default -> OTHER;
        };
    }

    private int keywordLevel(Keyword keyword) {
        Token second = tokens.peek(1);
        return switch (keyword) {
            case OR -> OR;
            case AND -> AND;
            case IS, ISNULL, NOTNULL -> IS;
            case BETWEEN, IN, LIKE, ILIKE, OVERLAPS -> RANGE;
            case SIMILAR -> second.keyword() == Keyword.TO ? RANGE : NONE;
            case NOT -> isRangeKeyword(second.keyword()) ? RANGE : NONE;
            case OPERATOR -> second.is(TokenKind.OPEN) ? OTHER : NONE;
            case AT -> second.keyword() == Keyword.TIME ? TIME_ZONE : NONE;
            case COLLATE -> COLLATE;
            default -> NONE;
        };
    }

    private static boolean isRangeKeyword(@Nullable Keyword keyword) {
        return keyword == Keyword.BETWEEN
                || keyword == Keyword.IN
                || keyword == Keyword.LIKE
                || keyword == Keyword.ILIKE
                || keyword == Keyword.SIMILAR;
    }

    // Prefix -----------------------------------------------------------------------------------

    private Expression prefix() {
        Token token = tokens.peek();
        int position = tokens.position(token);
        if (token.keyword() == Keyword.NOT) {
            tokens.next();
            return new Expression.Not(expression(IS), position);
        }
        if (token.keyword() == Keyword.OPERATOR && tokens.peek(1).is(TokenKind.OPEN)) {
            return new Expression.Unary(explicitOperator(), expression(SUM), position);
        }
        if (!token.is(TokenKind.OPERATOR)) {
            return grammar.primaries.primary();
        }
        return switch (token.text()) {
            case "-" -> minus(position);
            case "+" -> {
                tokens.next();
                yield new Expression.Unary(OperatorName.of("+"), expression(SIGN), position);
            }
            case "?" -> grammar.primaries.primary();
            default -> {
                if (operatorLevel(token.text()) != OTHER) {
                    throw tokens.syntaxError();
                }
                tokens.next();
                OperatorName operator = OperatorName.of(token.text());
                yield new Expression.Unary(operator, expression(SUM), position);
            }
        };
    }

    /** A minus before a number is part of the number, so that the smallest integer is one. */
    private Expression minus(int position) {
        tokens.next();
        Expression lifted = grammar.primaries.liftedNegative(position);
        Expression operand = lifted == null ? expression(SIGN) : lifted;
        if (operand == lifted) {
            return operand;
        }
        if (operand instanceof Expression.NumberLiteral number) {
            String digits = number.digits();
            return new Expression.NumberLiteral(
                    digits.startsWith("-") ? digits.substring(1) : "-" + digits, position);
        }
        return new Expression.Unary(OperatorName.of("-"), operand, position);
    }

    // Infix ------------------------------------------------------------------------------------

    private Expression infix(Expression left, int level) {
        return switch (level) {
            case OR -> logical(left, Connective.OR, Keyword.OR, AND);
            case AND -> logical(left, Connective.AND, Keyword.AND, AND + 1);
            case IS -> is(left);
            case RANGE -> range(left);
            case TIME_ZONE -> atTimeZone(left);
            case COLLATE -> {
                int position = tokens.position(tokens.next());
                yield new Expression.Collate(left, grammar.names.qualified(), position);
            }
            case CAST -> {
                int position = tokens.position(tokens.next());
                yield new Expression.Cast(left, grammar.names.type(), position);
            }
            default -> binary(left, level);
        };
    }

    private Expression logical(
            Expression left, Connective connective, Keyword keyword, int operandLevel) {
        int position = tokens.position();
        List<Expression> terms = new ArrayList<>();
        terms.add(left);
        while (tokens.accept(keyword)) {
            terms.add(expression(operandLevel));
        }
        return new Expression.Logical(connective, List.copyOf(terms), position);
    }

    private Expression binary(Expression left, int level) {
        int position = tokens.position();
        OperatorName operator =
                tokens.at(Keyword.OPERATOR)
                        ? explicitOperator()
                        : OperatorName.of(tokens.next().text());
        if (tokens.atAny(Keyword.ANY, Keyword.SOME, Keyword.ALL)) {
            return quantified(left, operator, position);
        }
        return new Expression.Binary(operator, left, expression(level + 1), position);
    }

    /** {@code OPERATOR(schema.op)}. */
    OperatorName explicitOperator() {
        tokens.expect(Keyword.OPERATOR);
        tokens.expect(TokenKind.OPEN);
        String schema = null;
        while (NameParser.isColumnName(tokens.peek())) {
            schema = grammar.names.columnName();
            tokens.expect(TokenKind.DOT);
        }
        Token symbol = tokens.expect(TokenKind.OPERATOR);
        tokens.expect(TokenKind.CLOSE);
        return new OperatorName(schema, symbol.text());
    }

    private Expression quantified(Expression left, OperatorName operator, int position) {
        Quantifier quantifier =
                tokens.next().keyword() == Keyword.ALL ? Quantifier.ALL : Quantifier.ANY;
        PrimaryParser.Parenthesised inside = grammar.primaries.parenthesised();
        return switch (inside) {
            case PrimaryParser.InnerQuery(Query query) ->
                    new Expression.QuantifiedQuery(left, operator, quantifier, query, position);
            case PrimaryParser.InnerList(List<Expression> items) when items.size() == 1 ->
                    new Expression.QuantifiedArray(
                            left, operator, quantifier, items.getFirst(), position);
            case PrimaryParser.InnerList _ -> throw tokens.syntaxError();
        };
    }

    private Expression atTimeZone(Expression left) {
        int position = tokens.position();
        tokens.expect(Keyword.AT, Keyword.TIME);
        tokens.expect(Keyword.ZONE);
        Expression zone = expression(TIME_ZONE + 1);
        return CallParser.systemCall("timezone", position, zone, left);
    }

    // IS ---------------------------------------------------------------------------------------

    private Expression is(Expression left) {
        int position = tokens.position();
        if (tokens.accept(Keyword.ISNULL)) {
            return new Expression.IsTest(left, TestedState.NULL, false, position);
        }
        if (tokens.accept(Keyword.NOTNULL)) {
            return new Expression.IsTest(left, TestedState.NULL, true, position);
        }
        tokens.expect(Keyword.IS);
        boolean negated = tokens.accept(Keyword.NOT);
        if (tokens.accept(Keyword.DISTINCT)) {
            tokens.expect(Keyword.FROM);
            return new Expression.IsDistinct(left, expression(COMPARISON), negated, position);
        }
        Keyword keyword = tokens.peek().keyword();
        TestedState state =
                switch (keyword) {
                    case NULL -> TestedState.NULL;
                    case TRUE -> TestedState.TRUE;
                    case FALSE -> TestedState.FALSE;
                    case UNKNOWN -> TestedState.UNKNOWN;
                    case DOCUMENT -> throw tokens.unsupported("IS DOCUMENT");
                    case NORMALIZED, NFC, NFD, NFKC, NFKD ->
                            throw tokens.unsupported("IS NORMALIZED");
                    case null, default -> throw tokens.syntaxError();
                };
        tokens.next();
        return new Expression.IsTest(left, state, negated, position);
    }

    // BETWEEN, IN, LIKE ------------------------------------------------------------------------

    private Expression range(Expression left) {
        boolean negated = tokens.accept(Keyword.NOT);
        int position = tokens.position();
        Keyword keyword = tokens.next().keyword();
        return switch (keyword) {
            case BETWEEN -> between(left, negated, position);
            case IN -> in(left, negated, position);
            case LIKE -> like(LikeKind.LIKE, left, negated, position);
            case ILIKE -> like(LikeKind.ILIKE, left, negated, position);
            case SIMILAR -> {
                tokens.expect(Keyword.TO);
                yield like(LikeKind.SIMILAR_TO, left, negated, position);
            }
            case OVERLAPS -> overlaps(left, position);
            case null, default -> throw tokens.syntaxError();
        };
    }

    private Expression between(Expression left, boolean negated, int position) {
        boolean symmetric = tokens.accept(Keyword.SYMMETRIC);
        if (!symmetric) {
            tokens.accept(Keyword.ASYMMETRIC);
        }
        Expression low = expression(OTHER);
        tokens.expect(Keyword.AND);
        Expression high = expression(OTHER);
        return new Expression.Between(left, low, high, symmetric, negated, position);
    }

    private Expression in(Expression left, boolean negated, int position) {
        if (!tokens.at(TokenKind.OPEN)) {
            throw tokens.syntaxError();
        }
        return switch (grammar.primaries.parenthesised()) {
            case PrimaryParser.InnerQuery(Query query) ->
                    new Expression.InQuery(left, query, negated, position);
            case PrimaryParser.InnerList(List<Expression> items) ->
                    new Expression.InList(left, items, negated, position);
        };
    }

    private Expression like(LikeKind kind, Expression left, boolean negated, int position) {
        if (kind != LikeKind.SIMILAR_TO && tokens.atAny(Keyword.ANY, Keyword.SOME, Keyword.ALL)) {
            String operator = kind == LikeKind.LIKE ? "~~" : "~~*";
            return quantified(left, OperatorName.of(negated ? "!" + operator : operator), position);
        }
        Expression pattern = expression(OTHER);
        Expression escape = tokens.accept(Keyword.ESCAPE) ? expression(OTHER) : null;
        return new Expression.Like(kind, left, pattern, escape, negated, position);
    }

    private Expression overlaps(Expression left, int position) {
        Expression right = expression(OTHER);
        if (left instanceof Expression.Row first
                && right instanceof Expression.Row second
                && first.items().size() == 2
                && second.items().size() == 2) {
            List<Expression> arguments = new ArrayList<>(first.items());
            arguments.addAll(second.items());
            return new Expression.FunctionCall(
                    QualifiedName.system("overlaps", position),
                    List.copyOf(arguments),
                    Expression.CallOptions.NONE,
                    position);
        }
        throw tokens.error(
                ErrorCode.SYNTAX_ERROR,
                "wrong number of parameters on a side of OVERLAPS expression",
                position);
    }
}
