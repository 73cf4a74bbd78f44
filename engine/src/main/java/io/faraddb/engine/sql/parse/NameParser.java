package io.faraddb.engine.sql.parse;

import io.faraddb.engine.sql.parse.ast.Definition.Option;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.TypeName;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.sql.parse.lex.Token;
import io.faraddb.engine.sql.parse.lex.TokenKind;
import io.faraddb.engine.sql.parse.lex.TokenStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names, types and options: what the other parsers are made of. */
final class NameParser {

    private static final int FLOAT4_DIGITS_MAX = 24;

    private final Grammar grammar;
    private final TokenStream tokens;

    NameParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    // Names ------------------------------------------------------------------------------------

    /** Whether a token may name a column or table without AS before it. */
    static boolean isColumnName(Token token) {
        if (token.kind() != TokenKind.WORD) {
            return token.kind() == TokenKind.QUOTED_NAME;
        }
        Keyword keyword = token.keyword();
        return keyword == null
                || keyword.category() == Keyword.Category.UNRESERVED
                || keyword.category() == Keyword.Category.COLUMN_NAME;
    }

    static boolean isTypeOrFunctionName(Token token) {
        if (token.kind() != TokenKind.WORD) {
            return token.kind() == TokenKind.QUOTED_NAME;
        }
        Keyword keyword = token.keyword();
        return keyword == null
                || keyword.category() == Keyword.Category.UNRESERVED
                || keyword.category() == Keyword.Category.TYPE_OR_FUNCTION_NAME;
    }

    static boolean isLabel(Token token) {
        return token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
    }

    boolean atColumnName() {
        return isColumnName(tokens.peek());
    }

    String columnName() {
        if (!atColumnName()) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }

    /** Any word: what may stand behind AS or a dot. */
    String label() {
        if (!isLabel(tokens.peek())) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }

    /** {@code a.b.c}. */
    QualifiedName qualified() {
        int position = tokens.position();
        String first = columnName();
        if (!tokens.at(TokenKind.DOT)) {
            return QualifiedName.of(first, position);
        }
        List<String> parts = new ArrayList<>(3);
        parts.add(first);
        while (tokens.accept(TokenKind.DOT)) {
            parts.add(label());
        }
        return new QualifiedName(List.copyOf(parts), position);
    }

    List<QualifiedName> qualifiedList() {
        List<QualifiedName> list = new ArrayList<>();
        do {
            list.add(qualified());
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(list);
    }

    /** {@code (a, b)}. */
    List<String> columnList() {
        tokens.expect(TokenKind.OPEN);
        List<String> list = new ArrayList<>();
        do {
            list.add(columnName());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.CLOSE);
        return List.copyOf(list);
    }

    /** A column list, or nothing. */
    List<String> columnListIfAny() {
        return tokens.at(TokenKind.OPEN) ? columnList() : List.of();
    }

    /** CASCADE, RESTRICT or nothing. */
    boolean cascade() {
        if (tokens.accept(Keyword.CASCADE)) {
            return true;
        }
        tokens.accept(Keyword.RESTRICT);
        return false;
    }

    boolean ifExists() {
        return tokens.accept(Keyword.IF, Keyword.EXISTS);
    }

    boolean ifNotExists() {
        if (!tokens.at(Keyword.IF, Keyword.NOT)) {
            return false;
        }
        tokens.next();
        tokens.next();
        tokens.expect(Keyword.EXISTS);
        return true;
    }

    /** A whole number, perhaps with a sign. */
    long signedInteger() {
        boolean negative = tokens.acceptOperator("-");
        if (!negative) {
            tokens.acceptOperator("+");
        }
        Token token = tokens.peek();
        if (token.kind() != TokenKind.INTEGER || token.text().length() > 18) {
            throw tokens.syntaxError();
        }
        tokens.next();
        long value = Long.parseLong(token.text());
        return negative ? -value : value;
    }

    // Types ------------------------------------------------------------------------------------

    /** A type with SETOF, modifiers and brackets. */
    TypeName type() {
        boolean setOf = tokens.accept(Keyword.SETOF);
        TypeName type = simpleType();
        int dimensions = 0;
        if (tokens.accept(Keyword.ARRAY)) {
            dimensions = 1;
            if (tokens.accept(TokenKind.OPEN_BRACKET)) {
                tokens.expect(TokenKind.INTEGER);
                tokens.expect(TokenKind.CLOSE_BRACKET);
            }
        } else {
            while (tokens.accept(TokenKind.OPEN_BRACKET)) {
                tokens.accept(TokenKind.INTEGER);
                tokens.expect(TokenKind.CLOSE_BRACKET);
                dimensions++;
            }
        }
        type = dimensions == 0 ? type : type.withArrayDimensions(dimensions);
        return setOf ? type.asSetOf() : type;
    }

    /** Whether a type with a spelling of SQL's own begins here. */
    boolean atBuiltInType() {
        Keyword keyword = tokens.peek().keyword();
        if (keyword == null) {
            return false;
        }
        return switch (keyword) {
            case BIGINT, BIT, BOOLEAN, CHAR, CHARACTER, DEC, DECIMAL, FLOAT, INT, INTEGER -> true;
            case INTERVAL, NATIONAL, NCHAR, NUMERIC, REAL, SMALLINT, TIME, TIMESTAMP -> true;
            case VARCHAR -> true;
            case DOUBLE -> tokens.peek(1).keyword() == Keyword.PRECISION;
            default -> false;
        };
    }

    TypeName simpleType() {
        return atBuiltInType() ? builtInType() : genericType();
    }

    private TypeName genericType() {
        int position = tokens.position();
        if (!isTypeOrFunctionName(tokens.peek())) {
            throw tokens.syntaxError();
        }
        List<String> parts = new ArrayList<>(2);
        parts.add(tokens.next().text());
        while (tokens.accept(TokenKind.DOT)) {
            parts.add(label());
        }
        QualifiedName name = new QualifiedName(List.copyOf(parts), position);
        return new TypeName(name, modifiers(), null, 0, false, position);
    }

    private TypeName builtInType() {
        int position = tokens.position();
        Keyword keyword = tokens.next().keyword();
        return switch (keyword) {
            case INT, INTEGER -> TypeName.system("int4", position);
            case SMALLINT -> TypeName.system("int2", position);
            case BIGINT -> TypeName.system("int8", position);
            case REAL -> TypeName.system("float4", position);
            case BOOLEAN -> TypeName.system("bool", position);
            case FLOAT -> floatType(position);
            case DOUBLE -> {
                tokens.expect(Keyword.PRECISION);
                yield TypeName.system("float8", position);
            }
            case DEC, DECIMAL, NUMERIC -> withModifiers("numeric", position);
            case VARCHAR -> TypeName.system("varchar", position).withModifiers(length());
            case BIT -> bitType(position);
            case NATIONAL -> {
                if (!tokens.atAny(Keyword.CHAR, Keyword.CHARACTER)) {
                    throw tokens.syntaxError();
                }
                tokens.next();
                yield characterType(position);
            }
            case CHAR, CHARACTER, NCHAR -> characterType(position);
            case TIME -> timeType("time", position);
            case TIMESTAMP -> timeType("timestamp", position);
            case INTERVAL -> {
                TypeName interval = TypeName.system("interval", position).withModifiers(length());
                yield interval.modifiers().isEmpty() ? intervalFields(interval) : interval;
            }
            case null, default -> throw tokens.syntaxError();
        };
    }

    private TypeName withModifiers(String name, int position) {
        return TypeName.system(name, position).withModifiers(modifiers());
    }

    private List<Expression> modifiers() {
        if (!tokens.accept(TokenKind.OPEN)) {
            return List.of();
        }
        List<Expression> modifiers = grammar.expressions.list();
        tokens.expect(TokenKind.CLOSE);
        return modifiers;
    }

    /** A lone number in parentheses, or nothing. */
    private List<Expression> length() {
        if (!tokens.accept(TokenKind.OPEN)) {
            return List.of();
        }
        Token token = tokens.expect(TokenKind.INTEGER);
        tokens.expect(TokenKind.CLOSE);
        return List.of(new Expression.NumberLiteral(token.text(), tokens.position(token)));
    }

    private TypeName floatType(int position) {
        if (!tokens.accept(TokenKind.OPEN)) {
            return TypeName.system("float8", position);
        }
        long digits = signedInteger();
        tokens.expect(TokenKind.CLOSE);
        return TypeName.system(digits <= FLOAT4_DIGITS_MAX ? "float4" : "float8", position);
    }

    private TypeName bitType(int position) {
        boolean varying = tokens.accept(Keyword.VARYING);
        TypeName type = withModifiers(varying ? "varbit" : "bit", position);
        return varying ? type : orOne(type, position);
    }

    private TypeName characterType(int position) {
        boolean varying = tokens.accept(Keyword.VARYING);
        TypeName type =
                TypeName.system(varying ? "varchar" : "bpchar", position).withModifiers(length());
        return varying ? type : orOne(type, position);
    }

    /** {@code char} is {@code char(1)}. */
    private static TypeName orOne(TypeName type, int position) {
        return type.modifiers().isEmpty()
                ? type.withModifiers(List.of(new Expression.NumberLiteral("1", position)))
                : type;
    }

    private TypeName timeType(String name, int position) {
        List<Expression> modifiers = length();
        boolean zone = false;
        if (tokens.at(Keyword.WITH, Keyword.TIME) || tokens.at(Keyword.WITHOUT, Keyword.TIME)) {
            zone = tokens.next().keyword() == Keyword.WITH;
            tokens.next();
            tokens.expect(Keyword.ZONE);
        }
        return TypeName.system(zone ? name + "tz" : name, position).withModifiers(modifiers);
    }

    /** The fields behind INTERVAL, if any. */
    TypeName intervalFields(TypeName interval) {
        String first = intervalField();
        if (first == null) {
            return interval;
        }
        String fields = first;
        if (tokens.accept(Keyword.TO)) {
            String last = intervalField();
            if (last == null) {
                throw tokens.syntaxError();
            }
            fields = first + " to " + last;
        }
        boolean seconds = fields.endsWith("second");
        TypeName type = interval.withIntervalFields(fields);
        return seconds && tokens.at(TokenKind.OPEN) ? type.withModifiers(length()) : type;
    }

    private @Nullable String intervalField() {
        return tokens.atAny(
                        Keyword.YEAR,
                        Keyword.MONTH,
                        Keyword.DAY,
                        Keyword.HOUR,
                        Keyword.MINUTE,
                        Keyword.SECOND)
                ? tokens.next().text()
                : null;
    }

    // Options ----------------------------------------------------------------------------------

    /** {@code (name, name = value, name value, name (a, b))}. */
    List<Option> options() {
        tokens.expect(TokenKind.OPEN);
        List<Option> options = new ArrayList<>();
        do {
            options.add(option());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.CLOSE);
        return List.copyOf(options);
    }

    private Option option() {
        int position = tokens.position();
        String name = label();
        while (tokens.accept(TokenKind.DOT)) {
            name = name + "." + label();
        }
        boolean equals = tokens.acceptOperator("=");
        if (!equals && (tokens.at(TokenKind.COMMA) || tokens.at(TokenKind.CLOSE))) {
            return new Option(name, List.of(), position);
        }
        if (!tokens.accept(TokenKind.OPEN)) {
            return new Option(name, List.of(optionValue()), position);
        }
        List<String> values = new ArrayList<>();
        do {
            values.add(optionValue());
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.CLOSE);
        return new Option(name, List.copyOf(values), position);
    }

    /** A word, string or number as text. */
    String optionValue() {
        if (tokens.acceptOperator("*")) {
            return "*";
        }
        if (tokens.atOperator("-") || tokens.atOperator("+")) {
            String sign = tokens.next().text();
            return (sign.equals("-") ? "-" : "") + number();
        }
        Token token = tokens.peek();
        return switch (token.kind()) {
            case WORD, QUOTED_NAME, STRING, INTEGER, DECIMAL -> tokens.next().text();
            default -> throw tokens.syntaxError();
        };
    }

    private String number() {
        if (!tokens.at(TokenKind.INTEGER) && !tokens.at(TokenKind.DECIMAL)) {
            throw tokens.syntaxError();
        }
        return tokens.next().text();
    }
}
