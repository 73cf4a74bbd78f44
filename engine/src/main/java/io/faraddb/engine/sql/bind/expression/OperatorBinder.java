package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.function.library.FunctionLibrary;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.OperatorName;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Binds operators and the tests that stand for several of them. */
final class OperatorBinder {

    private final ExpressionBinder binder;

    OperatorBinder(ExpressionBinder binder) {
        this.binder = binder;
    }

    // Plain operators --------------------------------------------------------------------------

    Scalar unary(Expression.Unary unary) {
        Scalar operand = binder.bind(unary.operand());
        Function function = resolve(unary.operator(), null, operand.type(), unary.position());
        return new Scalar.Call(function, List.of(coerce(operand, function, 0)));
    }

    Scalar binary(Expression.Binary binary) {
        if (binary.left() instanceof Expression.Row left
                && binary.right() instanceof Expression.Row right) {
            return rows(
                    binary.operator().symbol(),
                    binder.bindAll(left.items()),
                    binder.bindAll(right.items()),
                    binary.position());
        }
        Scalar left = binder.bind(binary.left());
        Scalar right = binder.bind(binary.right());
        return apply(binary.operator(), left, right, binary.position());
    }

    Scalar compare(String symbol, Scalar left, Scalar right, int position) {
        return apply(OperatorName.of(symbol), left, right, position);
    }

    private Scalar apply(OperatorName operator, Scalar left, Scalar right, int position) {
        Function function = resolve(operator, left.type(), right.type(), position);
        return new Scalar.Call(
                function, List.of(coerce(left, function, 0), coerce(right, function, 1)));
    }

    private Scalar coerce(Scalar argument, Function function, int index) {
        return binder.coercions().implicitly(argument, function.parameters().get(index));
    }

    Function resolve(OperatorName operator, @Nullable SqlType left, SqlType right, int position) {
        String schema = operator.schema();
        if (schema != null && !schema.equals("pg_catalog")) {
            throw ExpressionBinder.error(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "operator does not exist: " + left + " " + operator + " " + right,
                    position);
        }
        try {
            return binder.context().library().resolveOperator(operator.symbol(), left, right);
        } catch (SqlException unresolved) {
            throw unresolved.at(position);
        }
    }

    // Rows -------------------------------------------------------------------------------------

    /** A comparison of rows, field by field. */
    Scalar rows(String symbol, List<Scalar> left, List<Scalar> right, int position) {
        if (left.size() != right.size()) {
            throw ExpressionBinder.error(
                    ErrorCode.SYNTAX_ERROR,
                    "unequal number of entries in row expressions",
                    position);
        }
        if (left.isEmpty()) {
            throw ExpressionBinder.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "cannot compare rows of zero length",
                    position);
        }
        return switch (symbol) {
            case "=" -> and(eachField("=", left, right, position));
            case "<>" -> or(eachField("<>", left, right, position));
            case "<", "<=", ">", ">=" -> ordered(symbol, left, right, position);
            default ->
                    throw ExpressionBinder.error(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "could not determine interpretation of row comparison operator "
                                    + symbol,
                            position);
        };
    }

    private List<Scalar> eachField(
            String symbol, List<Scalar> left, List<Scalar> right, int position) {
        List<Scalar> terms = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            terms.add(compare(symbol, left.get(i), right.get(i), position));
        }
        return terms;
    }

    /** (a, b) &lt; (c, d) is a &lt; c OR a = c AND b &lt; d. */
    private Scalar ordered(String symbol, List<Scalar> left, List<Scalar> right, int position) {
        String strict = symbol.substring(0, 1);
        int last = left.size() - 1;
        Scalar result = compare(symbol, left.get(last), right.get(last), position);
        for (int i = last - 1; i >= 0; i--) {
            Scalar equal = compare("=", left.get(i), right.get(i), position);
            Scalar before = compare(strict, left.get(i), right.get(i), position);
            result = new Scalar.Or(List.of(before, new Scalar.And(List.of(equal, result))));
        }
        return result;
    }

    static Scalar and(List<Scalar> terms) {
        return terms.size() == 1 ? terms.getFirst() : new Scalar.And(terms);
    }

    private static Scalar or(List<Scalar> terms) {
        return terms.size() == 1 ? terms.getFirst() : new Scalar.Or(terms);
    }

    // Tests ------------------------------------------------------------------------------------

    Scalar isDistinct(Expression.IsDistinct distinct) {
        Scalar left = binder.bind(distinct.left());
        Scalar right = binder.bind(distinct.right());
        Function function;
        try {
            function =
                    binder.context()
                            .library()
                            .resolveDistinct(left.type(), right.type(), distinct.negated());
        } catch (SqlException unresolved) {
            throw unresolved.at(distinct.position());
        }
        return new Scalar.Call(
                function, List.of(coerce(left, function, 0), coerce(right, function, 1)));
    }

    Scalar between(Expression.Between between) {
        int position = between.position();
        Scalar inOrder = between(between, between.low(), between.high(), position);
        Scalar result = inOrder;
        if (between.symmetric()) {
            Scalar reversed = between(between, between.high(), between.low(), position);
            result = new Scalar.Or(List.of(inOrder, reversed));
        }
        return between.negated() ? new Scalar.Not(result) : result;
    }

    private Scalar between(
            Expression.Between between, Expression low, Expression high, int position) {
        Scalar above = compare(">=", binder.bind(between.operand()), binder.bind(low), position);
        Scalar below = compare("<=", binder.bind(between.operand()), binder.bind(high), position);
        return new Scalar.And(List.of(above, below));
    }

    Scalar in(Expression.InList in) {
        Scalar result = inList(in);
        return in.negated() ? new Scalar.Not(result) : result;
    }

    private Scalar inList(Expression.InList in) {
        if (in.operand() instanceof Expression.Row row) {
            return rowIn(row, in);
        }
        Scalar operand = binder.bind(in.operand());
        List<Scalar> items = binder.bindAll(in.items());
        List<SqlType> types = new ArrayList<>();
        types.add(operand.type());
        items.forEach(item -> types.add(item.type()));
        if (items.size() == 1) {
            return compare("=", operand, items.getFirst(), in.position());
        }
        SqlType common;
        try {
            common = FunctionLibrary.commonType(types, "IN");
        } catch (SqlException noCommonType) {
            return anyEqual(in);
        }
        Function equality = resolve(OperatorName.of("="), common, common, in.position());
        Scalar argument = coerce(operand, equality, 0);
        SqlType itemType = equality.parameters().get(1);
        List<Scalar> coerced = new ArrayList<>();
        for (Scalar item : items) {
            coerced.add(binder.coercions().implicitly(item, itemType));
        }
        return new Scalar.In(argument, coerced, equality);
    }

    private Scalar anyEqual(Expression.InList in) {
        List<Scalar> terms = new ArrayList<>();
        for (Expression item : in.items()) {
            terms.add(compare("=", binder.bind(in.operand()), binder.bind(item), in.position()));
        }
        return or(terms);
    }

    private Scalar rowIn(Expression.Row row, Expression.InList in) {
        List<Scalar> terms = new ArrayList<>();
        for (Expression item : in.items()) {
            if (!(item instanceof Expression.Row other)) {
                throw ExpressionBinder.error(
                        ErrorCode.DATATYPE_MISMATCH,
                        "IN of a row needs rows in its list",
                        item.position());
            }
            terms.add(
                    rows(
                            "=",
                            binder.bindAll(row.items()),
                            binder.bindAll(other.items()),
                            in.position()));
        }
        return or(terms);
    }

    Scalar like(Expression.Like like) {
        Scalar operand = binder.bind(like.operand());
        Scalar pattern = binder.bind(like.pattern());
        Expression written = like.escape();
        Scalar escape = written == null ? null : binder.bind(written);
        String symbol;
        if (like.kind() == Expression.LikeKind.SIMILAR_TO) {
            symbol = "~";
            pattern = call("similar_to_escape", pattern, escape, like.position());
        } else {
            symbol = like.kind() == Expression.LikeKind.LIKE ? "~~" : "~~*";
            if (escape != null) {
                pattern = call("like_escape", pattern, escape, like.position());
            }
        }
        return compare(like.negated() ? "!" + symbol : symbol, operand, pattern, like.position());
    }

    private Scalar call(String name, Scalar first, @Nullable Scalar second, int position) {
        List<Scalar> arguments = second == null ? List.of(first) : List.of(first, second);
        List<SqlType> types = arguments.stream().map(Scalar::type).toList();
        Function function;
        try {
            function = binder.context().library().resolveFunction(name, types);
        } catch (SqlException unresolved) {
            throw unresolved.at(position);
        }
        List<Scalar> coerced = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            coerced.add(coerce(arguments.get(i), function, i));
        }
        return new Scalar.Call(function, coerced);
    }

    // ANY and ALL ------------------------------------------------------------------------------

    Scalar quantified(Expression.QuantifiedArray quantified) {
        Scalar left = binder.bind(quantified.left());
        Scalar array = binder.bind(quantified.array());
        int position = quantified.position();
        SqlType element;
        if (array.type().kind() == TypeKind.UNKNOWN) {
            // The array takes the type of what it is compared with.
            element = left.type().kind() == TypeKind.UNKNOWN ? SqlType.TEXT : left.type();
        } else if (array.type().kind() == TypeKind.ARRAY) {
            element = Objects.requireNonNull(array.type().element());
        } else {
            throw ExpressionBinder.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "op ANY/ALL (array) requires array on right side",
                    position);
        }
        Function comparison = resolve(quantified.operator(), left.type(), element, position);
        if (comparison.result().kind() != TypeKind.BOOLEAN) {
            throw ExpressionBinder.error(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "op ANY/ALL (array) requires operator to yield boolean",
                    position);
        }
        Scalar elements =
                binder.coercions().implicitly(array, SqlType.array(comparison.parameters().get(1)));
        boolean all = quantified.quantifier() == Expression.Quantifier.ALL;
        return new Scalar.Quantified(coerce(left, comparison, 0), elements, comparison, all);
    }
}
