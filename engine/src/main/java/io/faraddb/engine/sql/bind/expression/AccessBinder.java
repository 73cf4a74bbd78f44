package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.CastContext;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds what takes a part out of a value: elements and slices of arrays, fields of records. */
final class AccessBinder {

    /** Columns of the system catalog whose elements count from 0 in PostgreSQL. */
    private static final Set<String> VECTORS =
            Set.of(
                    "indkey",
                    "indclass",
                    "indoption",
                    "indcollation",
                    "partattrs",
                    "partclass",
                    "partcollation",
                    "proargtypes",
                    "stxkeys",
                    "tgattr");

    private AccessBinder() {}

    // Arrays -----------------------------------------------------------------------------------

    static Scalar subscript(ExpressionBinder binder, Expression.Subscript subscript) {
        Scalar operand = array(binder, subscript.operand(), subscript.position());
        SqlType element = Objects.requireNonNull(operand.type().element());
        Scalar index = index(binder, subscript.index());
        long first = isVector(subscript.operand()) ? 0 : 1;
        // A subscript of a subscript asks an array of more dimensions, whose type is the same.
        boolean inner = subscript.operand() instanceof Expression.Subscript;
        if (inner && operand instanceof Scalar.Call call) {
            return nested(call, index, element);
        }
        return ExpressionBinder.internal(
                "array_element",
                element,
                true,
                List.of(operand, index),
                (values, calls) -> element(values[0], values[1], first));
    }

    private static Scalar array(ExpressionBinder binder, Expression operand, int position) {
        if (operand instanceof Expression.Subscript inner) {
            Scalar value = subscript(binder, inner);
            if (value instanceof Scalar.Call call
                    && call.function().name().equals("array_element")) {
                return new Scalar.Call(
                        new Function(
                                "array_element",
                                call.function().parameters(),
                                call.arguments().getFirst().type(),
                                true,
                                call.function().volatility(),
                                call.function().body()),
                        call.arguments());
            }
        }
        Scalar value = binder.bind(operand);
        if (value.type().kind() != TypeKind.ARRAY) {
            throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "cannot subscript type "
                                    + value.type().unmodified()
                                    + " because it does not support subscripting")
                    .at(position);
        }
        return value;
    }

    private static Scalar nested(Scalar.Call call, Scalar index, SqlType element) {
        List<Scalar> arguments = new ArrayList<>(List.of(call, index));
        return ExpressionBinder.internal(
                "array_element",
                element,
                true,
                arguments,
                (values, calls) -> element(values[0], values[1], 1));
    }

    private static Scalar index(ExpressionBinder binder, Expression index) {
        Scalar bound =
                binder.coercions()
                        .coerce(binder.bind(index), SqlType.INTEGER, CastContext.ASSIGNMENT);
        if (bound == null) {
            throw ExpressionBinder.error(
                    ErrorCode.DATATYPE_MISMATCH,
                    "array subscript must have type integer",
                    index.position());
        }
        return bound;
    }

    private static boolean isVector(Expression operand) {
        return operand instanceof Expression.ColumnReference reference
                && VECTORS.contains(reference.names().getLast());
    }

    private static @Nullable Object element(
            @Nullable Object array, @Nullable Object index, long first) {
        if (!(array instanceof List<?> list) || !(index instanceof Long number)) {
            return null;
        }
        long at = number - first;
        return at < 0 || at >= list.size() ? null : list.get((int) at);
    }

    static Scalar slice(ExpressionBinder binder, Expression.Slice slice) {
        Scalar operand = array(binder, slice.operand(), slice.position());
        Expression lower = slice.lower();
        Expression upper = slice.upper();
        Scalar from =
                lower == null ? new Scalar.Literal(1L, SqlType.INTEGER) : index(binder, lower);
        Scalar to =
                upper == null
                        ? new Scalar.Literal((long) Integer.MAX_VALUE, SqlType.INTEGER)
                        : index(binder, upper);
        return ExpressionBinder.internal(
                "array_slice",
                operand.type(),
                true,
                List.of(operand, from, to),
                (values, calls) -> {
                    List<?> list = (List<?>) Objects.requireNonNull(values[0]);
                    long start = Math.max(0, (Long) Objects.requireNonNull(values[1]) - 1);
                    long end = Math.min(list.size(), (Long) Objects.requireNonNull(values[2]));
                    return start >= end
                            ? List.of()
                            : new ArrayList<@Nullable Object>(list.subList((int) start, (int) end));
                });
    }

    // Records ----------------------------------------------------------------------------------

    static Scalar field(ExpressionBinder binder, Expression.FieldSelection selection) {
        Scalar record = binder.bind(selection.operand());
        RecordShape shape = binder.context().shape(record);
        if (shape == null) {
            throw new SqlException(
                            record.type().kind() == TypeKind.RECORD
                                    ? ErrorCode.UNDEFINED_COLUMN
                                    : ErrorCode.WRONG_OBJECT_TYPE,
                            record.type().kind() == TypeKind.RECORD
                                    ? "could not identify column \""
                                            + selection.field()
                                            + "\" in record data type"
                                    : "column notation ."
                                            + selection.field()
                                            + " applied to type "
                                            + record.type().unmodified()
                                            + ", which is not a composite type")
                    .at(selection.position());
        }
        int index = shape.indexOf(selection.field());
        if (index < 0) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \"" + selection.field() + "\" not found in data type record")
                    .at(selection.position());
        }
        return field(record, shape, index);
    }

    static Scalar field(Scalar record, RecordShape shape, int index) {
        if (record instanceof Scalar.Row row) {
            return row.fields().get(index);
        }
        return ExpressionBinder.internal(
                "record_field_" + (index + 1),
                shape.types().get(index),
                true,
                List.of(record),
                (values, calls) -> ((List<?>) Objects.requireNonNull(values[0])).get(index));
    }
}
