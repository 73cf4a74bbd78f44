package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** What {@link RexWriter} wrote, wherever Calcite has moved it. */
final class RexReader {

    private final List<Relation.Field> fields;
    private final Equalities equalities;

    /**
     * @param fields of the input
     * @param equalities of the region
     */
    RexReader(List<Relation.Field> fields, Equalities equalities) {
        this.fields = fields;
        this.equalities = equalities;
    }

    List<Scalar> readAll(List<? extends RexNode> nodes) {
        return nodes.stream().map(this::read).toList();
    }

    /**
     * @throws UnreadableException if Calcite has put something of its own there
     */
    Scalar read(RexNode node) {
        return switch (node) {
            case RexInputRef reference -> column(reference.getIndex());
            case RexLiteral literal when literal.getValue() instanceof Boolean value ->
                    new Scalar.Literal(value, SqlType.BOOLEAN);
            case RexLiteral literal
                    when literal.isNull() && literal.getTypeName() == SqlTypeName.BOOLEAN ->
                    new Scalar.Literal(null, SqlType.BOOLEAN);
            case RexCall call -> call(call);
            default -> throw new UnreadableException(node.toString());
        };
    }

    private Scalar.Column column(int index) {
        Relation.Field field = fields.get(index);
        return new Scalar.Column(index, field.type(), field.name());
    }

    private Scalar equality(List<Scalar> operands, RexCall call) {
        Function equality = equalities.between(operands.get(0), operands.get(1));
        if (equality == null) {
            throw new UnreadableException(call.toString());
        }
        return new Scalar.Call(equality, operands);
    }

    private Scalar call(RexCall call) {
        List<Scalar> operands = readAll(call.getOperands());
        return switch (call.getOperator()) {
            case BoundOperator.Comparing comparing ->
                    new Scalar.Call(comparing.function(), operands);
            case BoundOperator.Opaque opaque ->
                    ScalarRewriter.substitute(opaque.template(), operands);
            default ->
                    switch (call.getKind()) {
                        case AND -> new Scalar.And(operands);
                        case OR -> new Scalar.Or(operands);
                        case NOT -> new Scalar.Not(operands.getFirst());
                        case EQUALS -> equality(operands, call);
                        case IS_NULL -> new Scalar.IsNull(operands.getFirst(), false);
                        case IS_NOT_NULL -> new Scalar.IsNull(operands.getFirst(), true);
                        default -> throw new UnreadableException(call.toString());
                    };
        };
    }
}
