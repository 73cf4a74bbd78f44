package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.OperatorName;
import io.faraddb.engine.sql.parse.ast.Query;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/** Binds queries within expressions. */
final class QueryExpressions {

    private final ExpressionBinder binder;

    QueryExpressions(ExpressionBinder binder) {
        this.binder = binder;
    }

    private Relation query(Query query) {
        return binder.queries().bind(query, binder.level());
    }

    /** A query of exactly one column, whose type is known. */
    private Relation oneColumn(Query query, int position) {
        Relation relation = Outputs.typed(query(query), binder.coercions());
        if (relation.fields().size() != 1) {
            throw ExpressionBinder.error(
                    ErrorCode.SYNTAX_ERROR, "subquery must return only one column", position);
        }
        return relation;
    }

    Scalar scalar(Expression.ScalarQuery scalar) {
        Relation relation = oneColumn(scalar.query(), scalar.position());
        SqlType type = relation.fields().getFirst().type();
        return new Scalar.Subquery(Scalar.Subquery.Kind.SCALAR, relation, type);
    }

    Scalar exists(Expression.Exists exists) {
        Relation relation = Outputs.typed(query(exists.query()), binder.coercions());
        return new Scalar.Subquery(Scalar.Subquery.Kind.EXISTS, relation, SqlType.BOOLEAN);
    }

    Scalar array(Expression.ArrayQuery array) {
        Relation relation = oneColumn(array.query(), array.position());
        SqlType element = relation.fields().getFirst().type();
        SqlType type = element.kind() == TypeKind.ARRAY ? element : SqlType.array(element);
        return new Scalar.Subquery(Scalar.Subquery.Kind.ARRAY, relation, type);
    }

    Scalar in(Expression.InQuery in) {
        Scalar any = compare(in.operand(), OperatorName.of("="), false, in.query(), in.position());
        return in.negated() ? new Scalar.Not(any) : any;
    }

    Scalar quantified(Expression.QuantifiedQuery quantified) {
        boolean all = quantified.quantifier() == Expression.Quantifier.ALL;
        return compare(
                quantified.left(),
                quantified.operator(),
                all,
                quantified.query(),
                quantified.position());
    }

    private Scalar compare(
            Expression left, OperatorName operator, boolean all, Query query, int position) {
        List<Expression> written = left instanceof Expression.Row row ? row.items() : List.of(left);
        List<Scalar> operands = binder.bindAll(written);
        Relation relation = query(query);
        int columns = relation.fields().size();
        if (columns != operands.size()) {
            throw ExpressionBinder.error(
                    ErrorCode.SYNTAX_ERROR,
                    columns > operands.size()
                            ? "subquery has too many columns"
                            : "subquery has too few columns",
                    position);
        }
        if (operands.size() > 1 && !operator.symbol().equals("=")) {
            throw SqlException.unsupported("comparison of rows with " + operator + " ANY or ALL")
                    .at(position);
        }
        List<Scalar> arguments = new ArrayList<>();
        List<SqlType> columnTypes = new ArrayList<>();
        List<Function> comparisons = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            SqlType columnType = relation.fields().get(i).type();
            Function comparison =
                    binder.operators()
                            .resolve(operator, operands.get(i).type(), columnType, position);
            comparisons.add(comparison);
            arguments.add(
                    binder.coercions().implicitly(operands.get(i), comparison.parameters().get(0)));
            columnTypes.add(comparison.parameters().get(1));
        }
        Relation typed = Outputs.coerced(relation, columnTypes, binder.coercions());
        return new Scalar.QuantifiedQuery(arguments, typed, comparisons, all);
    }
}
