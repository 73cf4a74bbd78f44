package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Expression.CallOptions;
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

/** Calls, with the arguments that SQL spells in its own ways. */
final class CallParser {

    private final Grammar grammar;
    private final TokenStream tokens;

    CallParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** A call of a function of PostgreSQL's own that the text spells otherwise. */
    static Expression systemCall(String name, int position, Expression... arguments) {
        return new Expression.FunctionCall(
                QualifiedName.system(name, position),
                List.of(arguments),
                CallOptions.NONE,
                position);
    }

    // Ordinary calls ---------------------------------------------------------------------------

    /** The parentheses behind a function's name, and what may follow them. */
    Expression call(QualifiedName name) {
        tokens.expect(TokenKind.OPEN);
        boolean star = false;
        boolean distinct = false;
        boolean variadic = false;
        List<Expression> arguments = new ArrayList<>();
        List<Query.SortItem> orderBy = List.of();
        if (tokens.acceptOperator("*")) {
            star = true;
        } else if (!tokens.at(TokenKind.CLOSE)) {
            distinct = tokens.accept(Keyword.DISTINCT);
            if (!distinct) {
                tokens.accept(Keyword.ALL);
            }
            do {
                variadic = tokens.accept(Keyword.VARIADIC);
                arguments.add(argument());
            } while (!variadic && tokens.accept(TokenKind.COMMA));
            orderBy = grammar.queries.orderBy();
        }
        tokens.expect(TokenKind.CLOSE);
        boolean withinGroup = tokens.accept(Keyword.WITHIN);
        if (withinGroup) {
            tokens.expect(Keyword.GROUP);
            tokens.expect(TokenKind.OPEN);
            orderBy = grammar.queries.orderBy();
            tokens.expect(TokenKind.CLOSE);
        }
        Expression filter = filter();
        Expression.Window window = over();
        boolean plain = !star && !distinct && !variadic && orderBy.isEmpty() && filter == null;
        CallOptions options =
                plain && window == null
                        ? CallOptions.NONE
                        : new CallOptions(
                                star, distinct, variadic, orderBy, withinGroup, filter, window);
        return new Expression.FunctionCall(name, List.copyOf(arguments), options, name.position());
    }

    private Expression argument() {
        Token name = tokens.peek();
        Token arrow = tokens.peek(1);
        if ((arrow.is(TokenKind.EQUALS_GREATER) || arrow.is(TokenKind.COLON_EQUALS))
                && NameParser.isTypeOrFunctionName(name)) {
            tokens.next();
            tokens.next();
            return new Expression.NamedArgument(
                    name.text(), grammar.expressions.expression(), tokens.position(name));
        }
        return grammar.expressions.expression();
    }

    private @Nullable Expression filter() {
        if (!tokens.at(Keyword.FILTER) || !tokens.peek(1).is(TokenKind.OPEN)) {
            return null;
        }
        tokens.next();
        tokens.next();
        tokens.expect(Keyword.WHERE);
        Expression condition = grammar.expressions.expression();
        tokens.expect(TokenKind.CLOSE);
        return condition;
    }

    private Expression.@Nullable Window over() {
        if (!tokens.at(Keyword.OVER)) {
            return null;
        }
        int position = tokens.position(tokens.next());
        if (!tokens.at(TokenKind.OPEN)) {
            String name = grammar.names.columnName();
            return new Expression.Window(name, List.of(), List.of(), null, position);
        }
        return window(position);
    }

    /** A window in parentheses. */
    Expression.Window window(int position) {
        tokens.expect(TokenKind.OPEN);
        boolean atClause =
                tokens.atAny(
                        Keyword.PARTITION,
                        Keyword.ORDER,
                        Keyword.RANGE,
                        Keyword.ROWS,
                        Keyword.GROUPS);
        String name = atClause || tokens.at(TokenKind.CLOSE) ? null : grammar.names.columnName();
        List<Expression> partitionBy = List.of();
        if (tokens.accept(Keyword.PARTITION, Keyword.BY)) {
            partitionBy = grammar.expressions.list();
        }
        List<Query.SortItem> orderBy = grammar.queries.orderBy();
        String frame = null;
        if (tokens.atAny(Keyword.RANGE, Keyword.ROWS, Keyword.GROUPS)) {
            frame = frame();
        }
        tokens.expect(TokenKind.CLOSE);
        return new Expression.Window(name, partitionBy, orderBy, frame, position);
    }

    private String frame() {
        int start = tokens.peek().start();
        tokens.next();
        if (tokens.accept(Keyword.BETWEEN)) {
            frameBound();
            tokens.expect(Keyword.AND);
        }
        frameBound();
        if (tokens.accept(Keyword.EXCLUDE)) {
            if (tokens.accept(Keyword.CURRENT)) {
                tokens.expect(Keyword.ROW);
            } else if (tokens.accept(Keyword.NO)) {
                tokens.expect(Keyword.OTHERS);
            } else if (!tokens.accept(Keyword.GROUP)) {
                tokens.expect(Keyword.TIES);
            }
        }
        return grammar.textFrom(start);
    }

    private void frameBound() {
        if (tokens.accept(Keyword.CURRENT)) {
            tokens.expect(Keyword.ROW);
            return;
        }
        if (!tokens.accept(Keyword.UNBOUNDED)) {
            grammar.expressions.tightExpression();
        }
        if (!tokens.accept(Keyword.PRECEDING)) {
            tokens.expect(Keyword.FOLLOWING);
        }
    }

    // Spelled otherwise ------------------------------------------------------------------------

    /** What SQL spells in its own way behind a keyword and a parenthesis; null when it does not. */
    @Nullable Expression special(Keyword keyword, int position) {
        return switch (keyword) {
            case EXISTS -> {
                tokens.next();
                yield new Expression.Exists(grammar.primaries.queryInParentheses(), position);
            }
            case ROW -> new Expression.Row(emptyOrList(), position);
            case COALESCE -> new Expression.Coalesce(argumentList(), position);
            case GREATEST -> new Expression.Extremum(true, argumentList(), position);
            case LEAST -> new Expression.Extremum(false, argumentList(), position);
            case NULLIF -> nullIf(position);
            case CAST -> cast(position);
            case EXTRACT -> extract(position);
            case OVERLAY -> overlay(position);
            case POSITION -> position(position);
            case SUBSTRING -> substring(position);
            case TRIM -> trim(position);
            case NORMALIZE -> throw tokens.unsupported("NORMALIZE");
            case TREAT -> throw tokens.unsupported("TREAT");
            case GROUPING -> throw tokens.unsupported("GROUPING");
            case UNIQUE -> throw tokens.unsupported("UNIQUE predicate");
            case XMLCONCAT,
                    XMLELEMENT,
                    XMLEXISTS,
                    XMLFOREST,
                    XMLPARSE,
                    XMLPI,
                    XMLROOT,
                    XMLSERIALIZE,
                    XMLTABLE ->
                    throw tokens.unsupported("XML");
            default -> null;
        };
    }

    private List<Expression> argumentList() {
        tokens.next();
        tokens.expect(TokenKind.OPEN);
        List<Expression> list = grammar.expressions.list();
        tokens.expect(TokenKind.CLOSE);
        return list;
    }

    private List<Expression> emptyOrList() {
        if (!tokens.peek(2).is(TokenKind.CLOSE)) {
            tokens.next();
            tokens.expect(TokenKind.OPEN);
            List<Expression> items = new ArrayList<>();
            do {
                items.add(grammar.expressions.expression());
            } while (tokens.accept(TokenKind.COMMA));
            tokens.expect(TokenKind.CLOSE);
            return List.copyOf(items);
        }
        tokens.next();
        tokens.next();
        tokens.next();
        return List.of();
    }

    private Expression nullIf(int position) {
        tokens.next();
        tokens.expect(TokenKind.OPEN);
        Expression left = grammar.expressions.expression();
        tokens.expect(TokenKind.COMMA);
        Expression right = grammar.expressions.expression();
        tokens.expect(TokenKind.CLOSE);
        return new Expression.NullIf(left, right, position);
    }

    private Expression cast(int position) {
        tokens.next();
        tokens.expect(TokenKind.OPEN);
        Expression operand = grammar.expressions.expression();
        tokens.expect(Keyword.AS);
        TypeName type = grammar.names.type();
        tokens.expect(TokenKind.CLOSE);
        return new Expression.Cast(operand, type, position);
    }

    private Expression extract(int position) {
        tokens.next();
        tokens.expect(TokenKind.OPEN);
        Token field = tokens.peek();
        boolean word = field.is(TokenKind.WORD) || field.is(TokenKind.QUOTED_NAME);
        if (!word && !field.is(TokenKind.STRING)) {
            throw tokens.syntaxError();
        }
        tokens.next();
        tokens.expect(Keyword.FROM);
        Expression source = grammar.expressions.expression();
        tokens.expect(TokenKind.CLOSE);
        Expression name = new Expression.StringLiteral(field.text(), tokens.position(field));
        return systemCall("extract", position, name, source);
    }

    private Expression overlay(int position) {
        tokens.next();
        tokens.expect(TokenKind.OPEN);
        List<Expression> arguments = new ArrayList<>();
        arguments.add(grammar.expressions.expression());
        if (tokens.accept(Keyword.PLACING)) {
            arguments.add(grammar.expressions.expression());
            tokens.expect(Keyword.FROM);
            arguments.add(grammar.expressions.expression());
            if (tokens.accept(Keyword.FOR)) {
                arguments.add(grammar.expressions.expression());
            }
        } else {
            moreArguments(arguments);
        }
        tokens.expect(TokenKind.CLOSE);
        return systemCall("overlay", position, arguments.toArray(Expression[]::new));
    }

    private void moreArguments(List<Expression> arguments) {
        while (tokens.accept(TokenKind.COMMA)) {
            arguments.add(grammar.expressions.expression());
        }
    }

    private Expression position(int position) {
        tokens.next();
        tokens.expect(TokenKind.OPEN);
        Expression part = grammar.expressions.tightExpression();
        tokens.expect(Keyword.IN);
        Expression whole = grammar.expressions.tightExpression();
        tokens.expect(TokenKind.CLOSE);
        return systemCall("position", position, whole, part);
    }

    private Expression substring(int position) {
        tokens.next();
        tokens.expect(TokenKind.OPEN);
        List<Expression> arguments = new ArrayList<>();
        arguments.add(grammar.expressions.tightExpression());
        if (tokens.accept(Keyword.SIMILAR)) {
            arguments.add(grammar.expressions.tightExpression());
            tokens.expect(Keyword.ESCAPE);
            arguments.add(grammar.expressions.tightExpression());
        } else if (tokens.accept(Keyword.FROM)) {
            arguments.add(grammar.expressions.expression());
            if (tokens.accept(Keyword.FOR)) {
                arguments.add(grammar.expressions.expression());
            }
        } else if (tokens.accept(Keyword.FOR)) {
            Expression length = grammar.expressions.expression();
            if (tokens.accept(Keyword.FROM)) {
                arguments.add(grammar.expressions.expression());
                arguments.add(length);
            } else {
                arguments.add(new Expression.NumberLiteral("1", length.position()));
                TypeName integer = TypeName.system("int4", length.position());
                arguments.add(new Expression.Cast(length, integer, length.position()));
            }
        } else {
            moreArguments(arguments);
        }
        tokens.expect(TokenKind.CLOSE);
        return systemCall("substring", position, arguments.toArray(Expression[]::new));
    }

    private Expression trim(int position) {
        tokens.next();
        tokens.expect(TokenKind.OPEN);
        String name = "btrim";
        if (tokens.accept(Keyword.LEADING)) {
            name = "ltrim";
        } else if (tokens.accept(Keyword.TRAILING)) {
            name = "rtrim";
        } else {
            tokens.accept(Keyword.BOTH);
        }
        List<Expression> arguments = new ArrayList<>();
        if (tokens.accept(Keyword.FROM)) {
            arguments.addAll(grammar.expressions.list());
        } else {
            Expression first = grammar.expressions.expression();
            if (tokens.accept(Keyword.FROM)) {
                arguments.addAll(grammar.expressions.list());
                arguments.add(first);
            } else {
                arguments.add(first);
                moreArguments(arguments);
            }
        }
        tokens.expect(TokenKind.CLOSE);
        return systemCall(name, position, arguments.toArray(Expression[]::new));
    }
}
