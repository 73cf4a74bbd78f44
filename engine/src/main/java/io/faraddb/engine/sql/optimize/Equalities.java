package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.Function;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The equalities of a region, for those that Calcite infers: of a = b and b = c, that a = c. */
final class Equalities {

    private final List<Function> known = new ArrayList<>();

    /** A comparison is part of the region. */
    void add(Function comparison) {
        if (comparison.name().equals("=")) {
            known.add(comparison);
        }
    }

    /** The equality of two values; null if none in the region compares such values. */
    @Nullable Function between(Scalar left, Scalar right) {
        TypeKind a = left.type().kind();
        TypeKind b = right.type().kind();
        for (Function equality : known) {
            TypeKind kind = equality.parameters().getFirst().kind();
            if (alike(kind, a) && alike(kind, b)) {
                return equality;
            }
        }
        return null;
    }

    private static boolean alike(TypeKind a, TypeKind b) {
        return a == b || (a.isInteger() && b.isInteger());
    }
}
