package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.sql.parse.ast.Expression;

/** Where an expression begins; its own position may be that of its operator. */
final class Starts {

    private Starts() {}

    static int of(Expression expression) {
        return switch (expression) {
            case Expression.Binary binary -> of(binary.left());
            case Expression.Logical logical -> of(logical.terms().getFirst());
            case Expression.IsTest test -> of(test.operand());
            case Expression.IsDistinct distinct -> of(distinct.left());
            case Expression.Between between -> of(between.operand());
            case Expression.InList in -> of(in.operand());
            case Expression.InQuery in -> of(in.operand());
            case Expression.Like like -> of(like.operand());
            case Expression.QuantifiedArray quantified -> of(quantified.left());
            case Expression.QuantifiedQuery quantified -> of(quantified.left());
            case Expression.Cast cast -> of(cast.operand());
            case Expression.Collate collate -> of(collate.operand());
            case Expression.Subscript subscript -> of(subscript.operand());
            case Expression.Slice slice -> of(slice.operand());
            case Expression.FieldSelection field -> of(field.operand());
            default -> expression.position();
        };
    }
}
