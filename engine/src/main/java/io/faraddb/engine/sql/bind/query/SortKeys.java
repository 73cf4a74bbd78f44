package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.ExpressionBinder;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.Query;
import org.jspecify.annotations.Nullable;

/** Keys of ORDER BY, and columns by their number. */
final class SortKeys {

    private SortKeys() {}

    static Relation.SortKey key(Query.SortItem item, Scalar expression) {
        return ExpressionBinder.sortKey(item, expression);
    }

    /**
     * The place of the output column that a number means; null if it is no number.
     *
     * @throws SqlException if there is no such column, or for other constants, which mean nothing
     */
    static @Nullable Integer position(Expression expression, int columns, String clause) {
        if (expression instanceof Expression.NumberLiteral number
                && number.digits().matches("-?[0-9]{1,9}")) {
            int position = Integer.parseInt(number.digits());
            if (position < 1 || position > columns) {
                throw new SqlException(
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                clause + " position " + position + " is not in select list")
                        .at(number.position());
            }
            return position - 1;
        }
        boolean constant =
                expression instanceof Expression.NumberLiteral
                        || expression instanceof Expression.StringLiteral
                        || expression instanceof Expression.LiftedLiteral
                        || expression instanceof Expression.NullLiteral
                        || expression instanceof Expression.BooleanLiteral;
        if (constant) {
            throw new SqlException(ErrorCode.SYNTAX_ERROR, "non-integer constant in " + clause)
                    .at(expression.position());
        }
        return null;
    }
}
