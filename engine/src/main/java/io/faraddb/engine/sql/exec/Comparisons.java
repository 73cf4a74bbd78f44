package io.faraddb.engine.sql.exec;

import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.ValueOrder;
import org.jspecify.annotations.Nullable;

/** The comparison operators without the cost of a general call. */
public final class Comparisons {

    private Comparisons() {}

    static Comparison of(Function function) {
        if (!function.isComparison()) {
            return (left, right, frame) ->
                    Boolean.TRUE.equals(
                            function.body()
                                    .call(
                                            new @Nullable Object[] {left, right},
                                            frame.execution().calls()));
        }
        TypeKind kind = function.parameters().get(0).kind();
        return switch (function.name()) {
            case "=" -> (left, right, frame) -> ValueOrder.compare(kind, left, right) == 0;
            case "<>" -> (left, right, frame) -> ValueOrder.compare(kind, left, right) != 0;
            case "<" -> (left, right, frame) -> ValueOrder.compare(kind, left, right) < 0;
            case "<=" -> (left, right, frame) -> ValueOrder.compare(kind, left, right) <= 0;
            case ">" -> (left, right, frame) -> ValueOrder.compare(kind, left, right) > 0;
            default -> (left, right, frame) -> ValueOrder.compare(kind, left, right) >= 0;
        };
    }

    static Evaluator compile(Function function, Evaluator left, Evaluator right) {
        Comparison comparison = of(function);
        return frame -> {
            Object a = left.value(frame);
            if (a == null) {
                return null;
            }
            Object b = right.value(frame);
            return b == null ? null : comparison.holds(a, b, frame);
        };
    }
}
