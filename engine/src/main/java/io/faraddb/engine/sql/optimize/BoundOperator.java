package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/** What stands for our expressions in Calcite's. */
final class BoundOperator {

    private BoundOperator() {}

    /** Any expression, of which Calcite knows the columns that it reads, its operands, alone. */
    static final class Opaque extends SqlFunction {

        private static final long serialVersionUID = 1;

        private final transient Scalar template;

        /**
         * @param template its columns are numbered as the operands are
         * @param number one for each template
         */
        Opaque(Scalar template, int number, RelDataType type) {
            super(
                    "e" + number,
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.explicit(type),
                    null,
                    OperandTypes.VARIADIC,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION);
            this.template = template;
        }

        Scalar template() {
            return template;
        }
    }

    /** A comparison of two values: Calcite knows its kind, so that it can see joins. */
    static final class Comparing extends SqlBinaryOperator {

        private static final long serialVersionUID = 1;
        private static final int PRECEDENCE = 30;

        private final transient Function function;

        Comparing(Function function) {
            super(
                    function.name(),
                    kind(function.name()),
                    PRECEDENCE,
                    true,
                    ReturnTypes.BOOLEAN_FORCE_NULLABLE,
                    null,
                    OperandTypes.VARIADIC);
            this.function = function;
        }

        Function function() {
            return function;
        }

        private static SqlKind kind(String name) {
            return switch (name) {
                case "=" -> SqlKind.EQUALS;
                case "<>" -> SqlKind.NOT_EQUALS;
                case "<" -> SqlKind.LESS_THAN;
                case "<=" -> SqlKind.LESS_THAN_OR_EQUAL;
                case ">" -> SqlKind.GREATER_THAN;
                default -> SqlKind.GREATER_THAN_OR_EQUAL;
            };
        }
    }
}
