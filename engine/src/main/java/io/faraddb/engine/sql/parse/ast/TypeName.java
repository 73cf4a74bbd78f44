package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type as written. SQL's own spellings arrive under PostgreSQL's internal names: {@code double
 * precision} as {@code pg_catalog.float8}.
 *
 * @param modifiers of {@code numeric(10, 2)}
 * @param intervalFields of {@code interval day to second}, in lower case; null without
 * @param arrayDimensions pairs of brackets behind it
 * @param setOf whether SETOF stands before it
 */
public record TypeName(
        QualifiedName name,
        List<Expression> modifiers,
        @Nullable String intervalFields,
        int arrayDimensions,
        boolean setOf,
        int position)
        implements Node {

    public static TypeName system(String name, int position) {
        return new TypeName(
                QualifiedName.system(name, position), List.of(), null, 0, false, position);
    }

    public TypeName withModifiers(List<Expression> newModifiers) {
        return new TypeName(name, newModifiers, intervalFields, arrayDimensions, setOf, position);
    }

    public TypeName withIntervalFields(@Nullable String newFields) {
        return new TypeName(name, modifiers, newFields, arrayDimensions, setOf, position);
    }

    public TypeName withArrayDimensions(int newDimensions) {
        return new TypeName(name, modifiers, intervalFields, newDimensions, setOf, position);
    }

    public TypeName asSetOf() {
        return new TypeName(name, modifiers, intervalFields, arrayDimensions, true, position);
    }
}
