package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Relation.Field;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.bind.expression.Rewriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Set-returning functions of a select list, each a column behind those of the rows. */
final class SetCalls {

    private final Relation input;
    private final List<Level.SetCall> calls;
    private final int width;
    private final Rewriter rewriter = new Rewriter(this::replace);

    SetCalls(Relation input, List<Level.SetCall> calls) {
        this.input = input;
        this.calls = List.copyOf(calls);
        this.width = input.fields().size();
    }

    Relation relation() {
        List<Field> fields = new ArrayList<>(input.fields());
        for (Level.SetCall call : calls) {
            fields.add(Field.computed(call.function().name(), call.type()));
            call.arguments().forEach(SetCalls::refuseNested);
        }
        return new Relation.ProjectSet(
                input,
                calls.stream().map(Level.SetCall::function).toList(),
                calls.stream().map(Level.SetCall::arguments).toList(),
                fields);
    }

    private static void refuseNested(Scalar argument) {
        new Rewriter(
                        (scalar, depth) -> {
                            if (depth == 0
                                    && scalar instanceof Scalar.Column column
                                    && column.index() >= Level.SET_FUNCTIONS) {
                                throw SqlException.unsupported(
                                        "set-returning function as argument of another");
                            }
                            return null;
                        })
                .rewrite(argument);
    }

    Scalar rewrite(Scalar scalar) {
        return rewriter.rewrite(scalar);
    }

    private @Nullable Scalar replace(Scalar scalar, int depth) {
        boolean ours =
                depth == 0
                        && scalar instanceof Scalar.Column column
                        && column.index() >= Level.SET_FUNCTIONS;
        return ours && scalar instanceof Scalar.Column column
                ? new Scalar.Column(
                        width + column.index() - Level.SET_FUNCTIONS, column.type(), column.name())
                : null;
    }
}
