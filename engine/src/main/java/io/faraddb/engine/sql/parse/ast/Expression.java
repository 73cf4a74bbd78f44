package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands for a value. */
public sealed interface Expression extends Node {

    // Names ------------------------------------------------------------------------------------

    /** {@code a}, {@code t.a}, {@code s.t.a}. */
    record ColumnReference(List<String> names, int position) implements Expression {}

    /** {@code *} or {@code t.*}; the qualifier is empty for the former. */
    record Star(List<String> qualifier, int position) implements Expression {}

    /** {@code $n}. */
    record Parameter(int number, int position) implements Expression {}

    // Literals ---------------------------------------------------------------------------------

    /**
     * A number without quotes.
     *
     * @param digits as written, with the minus that stood before it
     */
    record NumberLiteral(String digits, int position) implements Expression {}

    /** A string whose type its context decides. */
    record StringLiteral(String value, int position) implements Expression {}

    /** B'...' or X'...'. */
    record BitLiteral(String digits, boolean hexadecimal, int position) implements Expression {}

    record BooleanLiteral(boolean value, int position) implements Expression {}

    record NullLiteral(int position) implements Expression {}

    /** What a literal without quotes is taken for by its size, and a string before its context. */
    enum LiteralKind {
        INTEGER,
        BIGINT,
        NUMERIC,
        STRING
    }

    /**
     * A literal that was lifted out of the text and comes with each execution.
     *
     * @param index 0-based, among the lifted ones
     */
    record LiftedLiteral(int index, LiteralKind kind, int position) implements Expression {}

    /** DEFAULT where a column's value is asked for. */
    record DefaultValue(int position) implements Expression {}

    // Operators --------------------------------------------------------------------------------

    record Unary(OperatorName operator, Expression operand, int position) implements Expression {}

    record Binary(OperatorName operator, Expression left, Expression right, int position)
            implements Expression {}

    /** AND or OR between two or more terms. */
    record Logical(Connective connective, List<Expression> terms, int position)
            implements Expression {}

    /** What joins the terms of a {@link Logical}. */
    enum Connective {
        AND,
        OR
    }

    record Not(Expression operand, int position) implements Expression {}

    /** {@code IS [NOT] NULL | TRUE | FALSE | UNKNOWN}. */
    record IsTest(Expression operand, TestedState state, boolean negated, int position)
            implements Expression {}

    /** What an {@link IsTest} asks for. */
    enum TestedState {
        NULL,
        TRUE,
        FALSE,
        UNKNOWN
    }

    /** {@code IS [NOT] DISTINCT FROM}. */
    record IsDistinct(Expression left, Expression right, boolean negated, int position)
            implements Expression {}

    record Between(
            Expression operand,
            Expression low,
            Expression high,
            boolean symmetric,
            boolean negated,
            int position)
            implements Expression {}

    record InList(Expression operand, List<Expression> items, boolean negated, int position)
            implements Expression {}

    record InQuery(Expression operand, Query query, boolean negated, int position)
            implements Expression {}

    record Like(
            LikeKind kind,
            Expression operand,
            Expression pattern,
            @Nullable Expression escape,
            boolean negated,
            int position)
            implements Expression {}

    /** The pattern languages of SQL. */
    enum LikeKind {
        LIKE,
        ILIKE,
        SIMILAR_TO
    }

    /** {@code x = ANY (array)}. */
    record QuantifiedArray(
            Expression left,
            OperatorName operator,
            Quantifier quantifier,
            Expression array,
            int position)
            implements Expression {}

    /** {@code x = ANY (SELECT ...)}. */
    record QuantifiedQuery(
            Expression left,
            OperatorName operator,
            Quantifier quantifier,
            Query query,
            int position)
            implements Expression {}

    /** SOME arrives as ANY. */
    enum Quantifier {
        ANY,
        ALL
    }

    // Calls ------------------------------------------------------------------------------------

    /**
     * A function or aggregate. SQL's special spellings arrive as calls too: {@code EXTRACT(year
     * FROM x)} as {@code pg_catalog.extract('year', x)}.
     */
    record FunctionCall(
            QualifiedName name, List<Expression> arguments, CallOptions options, int position)
            implements Expression {}

    /**
     * What only aggregates and window functions take.
     *
     * @param star {@code count(*)}
     * @param withinGroup whether {@code orderBy} stood in WITHIN GROUP
     */
    record CallOptions(
            boolean star,
            boolean distinct,
            boolean variadic,
            List<Query.SortItem> orderBy,
            boolean withinGroup,
            @Nullable Expression filter,
            @Nullable Window window) {

        public static final CallOptions NONE =
                new CallOptions(false, false, false, List.of(), false, null, null);
    }

    /**
     * OVER's window.
     *
     * @param name of a window declared elsewhere; null without
     * @param frame as written; null without
     */
    record Window(
            @Nullable String name,
            List<Expression> partitionBy,
            List<Query.SortItem> orderBy,
            @Nullable String frame,
            int position)
            implements Node {}

    /** {@code name => value} among a call's arguments. */
    record NamedArgument(String name, Expression value, int position) implements Expression {}

    record Coalesce(List<Expression> arguments, int position) implements Expression {}

    record NullIf(Expression left, Expression right, int position) implements Expression {}

    /** GREATEST or LEAST. */
    record Extremum(boolean greatest, List<Expression> arguments, int position)
            implements Expression {}

    /**
     * CURRENT_TIMESTAMP and its like.
     *
     * @param precision digits of the second; -1 without
     */
    record SessionValue(SessionValueKind kind, int precision, int position) implements Expression {}

    /** SQL's names for what a statement can ask of its session without parentheses. */
    enum SessionValueKind {
        CURRENT_DATE,
        CURRENT_TIME,
        CURRENT_TIMESTAMP,
        LOCALTIME,
        LOCALTIMESTAMP,
        CURRENT_ROLE,
        CURRENT_USER,
        SESSION_USER,
        USER,
        CURRENT_CATALOG,
        CURRENT_SCHEMA
    }

    /** Both forms of CASE; the simple one has an operand. */
    record Case(
            @Nullable Expression operand,
            List<When> branches,
            @Nullable Expression otherwise,
            int position)
            implements Expression {}

    /** A branch of {@link Case}. */
    record When(Expression condition, Expression result, int position) implements Node {}

    /** CAST, {@code ::}, and a literal behind a type's name. */
    record Cast(Expression operand, TypeName type, int position) implements Expression {}

    record Collate(Expression operand, QualifiedName collation, int position)
            implements Expression {}

    // Composites -------------------------------------------------------------------------------

    record ArrayConstructor(List<Expression> items, int position) implements Expression {}

    record ArrayQuery(Query query, int position) implements Expression {}

    record Row(List<Expression> items, int position) implements Expression {}

    record Subscript(Expression operand, Expression index, int position) implements Expression {}

    record Slice(
            Expression operand,
            @Nullable Expression lower,
            @Nullable Expression upper,
            int position)
            implements Expression {}

    /** {@code (f(x)).field}. */
    record FieldSelection(Expression operand, String field, int position) implements Expression {}

    /** {@code (f(x)).*}. */
    record FieldStar(Expression operand, int position) implements Expression {}

    record ScalarQuery(Query query, int position) implements Expression {}

    record Exists(Query query, int position) implements Expression {}
}
