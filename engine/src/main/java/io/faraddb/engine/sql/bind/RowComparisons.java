package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.OperatorName;
import io.faraddb.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Comparisons of rows, written out as comparisons of their fields. */
final class RowComparisons {

    private final ExpressionBinder expressions;

    RowComparisons(ExpressionBinder expressions) {
        this.expressions = expressions;
    }

    Scalar compare(OperatorName operator, Expression.Row left, Expression.Row right, int position) {
        List<Scalar> equal = fieldwise(left, right, position);
        return switch (operator.symbol()) {
            case "=" -> all(equal);
            case "<>" -> new Scalar.Not(all(equal));
            default -> ordered(operator.symbol(), left, right, position);
        };
    }

    private static Scalar all(List<Scalar> terms) {
        return terms.size() == 1 ? terms.getFirst() : new Scalar.And(terms);
    }

    private List<Scalar> fieldwise(Expression.Row left, Expression.Row right, int position) {
        if (left.items().size() != right.items().size()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR, "unequal number of entries in row expressions")
                    .at(position);
        }
        List<Scalar> terms = new ArrayList<>();
        for (int i = 0; i < left.items().size(); i++) {
            terms.add(field("=", left, right, i, position));
        }
        return terms;
    }

    private Scalar field(
            String symbol, Expression.Row left, Expression.Row right, int i, int position) {
        return expressions.operator(
                OperatorName.of(symbol),
                expressions.bind(left.items().get(i)),
                expressions.bind(right.items().get(i)),
                position);
    }

    /** a < x or a = x and (b < y or b = y and ...). */
    private Scalar ordered(String symbol, Expression.Row left, Expression.Row right, int position) {
        if (!List.of("<", "<=", ">", ">=").contains(symbol)) {
            throw SqlException.unsupported("operator " + symbol + " on rows").at(position);
        }
        String strict = symbol.substring(0, 1);
        int last = left.items().size() - 1;
        Scalar result = field(symbol, left, right, last, position);
        for (int i = last - 1; i >= 0; i--) {
            Scalar less = field(strict, left, right, i, position);
            Scalar equal = field("=", left, right, i, position);
            result = new Scalar.Or(List.of(less, new Scalar.And(List.of(equal, result))));
        }
        return result;
    }

    Scalar in(Expression.Row row, List<Expression> items, int position) {
        List<Scalar> options = new ArrayList<>();
        for (Expression item : items) {
            if (!(item instanceof Expression.Row other)) {
                throw new SqlException(
                                ErrorCode.SYNTAX_ERROR, "a row is compared with what is no row")
                        .at(item.position());
            }
            options.add(all(fieldwise(row, other, position)));
        }
        return options.size() == 1 ? options.getFirst() : new Scalar.Or(options);
    }

    /** operand operator ANY or ALL of a query's rows. */
    Scalar quantified(
            Expression operand, OperatorName operator, Relation query, boolean all, int position) {
        List<Expression> items =
                operand instanceof Expression.Row row ? row.items() : List.of(operand);
        if (items.size() != query.fields().size()) {
            throw new SqlException(
                            ErrorCode.SYNTAX_ERROR,
                            query.fields().size() > items.size()
                                    ? "subquery has too many columns"
                                    : "subquery has too few columns")
                    .at(position);
        }
        if (items.size() > 1 && !operator.symbol().equals("=")) {
            throw SqlException.unsupported("operator " + operator + " on rows").at(position);
        }
        List<Scalar> arguments = new ArrayList<>();
        List<Function> comparisons = new ArrayList<>();
        List<Scalar> columns = new ArrayList<>();
        boolean cast = false;
        for (int i = 0; i < items.size(); i++) {
            Scalar argument = expressions.bind(items.get(i));
            SqlType type = query.fields().get(i).type();
            Function comparison =
                    expressions
                            .context()
                            .functions()
                            .resolveOperator(operator.symbol(), argument.type(), type);
            comparisons.add(comparison);
            arguments.add(
                    expressions
                            .coercions()
                            .implicit(argument, comparison.parameters().get(0), position));
            Scalar column = new Scalar.Column(i, type, query.fields().get(i).name());
            Scalar coerced =
                    expressions
                            .coercions()
                            .implicit(column, comparison.parameters().get(1), position);
            cast |= coerced != column;
            columns.add(coerced);
        }
        Relation rows = cast ? projected(query, columns) : query;
        return new Scalar.QuantifiedQuery(arguments, rows, comparisons, all);
    }

    private static Relation projected(Relation query, List<Scalar> columns) {
        List<Relation.Field> fields = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            fields.add(
                    Relation.Field.computed(query.fields().get(i).name(), columns.get(i).type()));
        }
        return new Relation.Project(query, columns, fields);
    }
}
