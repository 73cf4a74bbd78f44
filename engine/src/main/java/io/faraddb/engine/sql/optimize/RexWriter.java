package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Our expressions as Calcite's: logic and comparisons so that it can work with them, everything
 * else opaque, so that PostgreSQL's meaning of it stays ours.
 */
final class RexWriter {

    private final RexBuilder rex;
    private final RelDataType booleanType;
    private final RelDataType anyType;
    private final Map<Scalar, BoundOperator.Opaque> opaque = new HashMap<>();
    private final Equalities equalities = new Equalities();

    RexWriter(RexBuilder rex) {
        this.rex = rex;
        RelDataTypeFactory types = rex.getTypeFactory();
        this.booleanType =
                types.createTypeWithNullability(types.createSqlType(SqlTypeName.BOOLEAN), true);
        this.anyType = types.createTypeWithNullability(types.createSqlType(SqlTypeName.ANY), true);
    }

    /** Calcite tells conditions from other values; no more types are needed. */
    RelDataType type(SqlType type) {
        return type.kind() == TypeKind.BOOLEAN ? booleanType : anyType;
    }

    /** Those that were written. */
    Equalities equalities() {
        return equalities;
    }

    /**
     * @param expression movable
     */
    RexNode write(Scalar expression) {
        return switch (expression) {
            case Scalar.Column column -> rex.makeInputRef(type(column.type()), column.index());
            case Scalar.And and -> flat(SqlStdOperatorTable.AND, and.terms());
            case Scalar.Or or -> flat(SqlStdOperatorTable.OR, or.terms());
            case Scalar.Not not -> rex.makeCall(SqlStdOperatorTable.NOT, write(not.argument()));
            case Scalar.IsNull test ->
                    rex.makeCall(
                            test.negated()
                                    ? SqlStdOperatorTable.IS_NOT_NULL
                                    : SqlStdOperatorTable.IS_NULL,
                            write(test.argument()));
            case Scalar.Literal(Boolean value, SqlType unused) -> rex.makeLiteral(value);
            case Scalar.Call call when call.function().isComparison() -> {
                equalities.add(call.function());
                yield rex.makeCall(
                        new BoundOperator.Comparing(call.function()), all(call.arguments()));
            }
            default -> opaque(expression);
        };
    }

    /** Calcite wants no AND in an AND. */
    private RexNode flat(SqlOperator connective, List<Scalar> terms) {
        return RexUtil.flatten(rex, rex.makeCall(connective, all(terms)));
    }

    private List<RexNode> all(List<Scalar> expressions) {
        return expressions.stream().map(this::write).toList();
    }

    private RexNode opaque(Scalar expression) {
        List<RexNode> operands = new ArrayList<>();
        Map<Integer, Integer> numbers = new HashMap<>();
        Scalar template =
                ScalarRewriter.columns(
                        expression,
                        column -> {
                            int number =
                                    numbers.computeIfAbsent(
                                            column.index(),
                                            unused -> {
                                                operands.add(write(column));
                                                return operands.size() - 1;
                                            });
                            return new Scalar.Column(number, column.type(), column.name());
                        });
        BoundOperator.Opaque operator =
                opaque.computeIfAbsent(
                        template,
                        unused ->
                                new BoundOperator.Opaque(
                                        template, opaque.size(), type(expression.type())));
        return rex.makeCall(operator, operands);
    }
}
