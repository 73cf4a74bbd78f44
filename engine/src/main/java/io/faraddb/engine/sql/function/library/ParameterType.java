package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.sql.function.CastContext;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.SqlTypeNames;
import io.faraddb.engine.sql.function.TypeCategory;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter takes: values of one type, or of any within a rule.
 *
 * @param rule EXACT for one type
 * @param type null unless the rule is EXACT
 */
record ParameterType(Rule rule, @Nullable SqlType type) {

    /** PostgreSQL's polymorphic pseudo-types. */
    enum Rule {
        EXACT,
        /** Anything, each argument for itself. */
        ANY,
        /** One type for all parameters of the first family, with ANYARRAY its array. */
        ANYELEMENT,
        ANYNONARRAY,
        ANYARRAY,
        /** The common type of all arguments of the second family. */
        ANYCOMPATIBLE,
        ANYCOMPATIBLENONARRAY,
        ANYCOMPATIBLEARRAY;

        boolean isArray() {
            return this == ANYARRAY || this == ANYCOMPATIBLEARRAY;
        }

        boolean isNonArray() {
            return this == ANYNONARRAY || this == ANYCOMPATIBLENONARRAY;
        }

        boolean isCompatible() {
            return compareTo(ANYCOMPATIBLE) >= 0;
        }
    }

    static ParameterType parse(String name) {
        for (Rule rule : Rule.values()) {
            if (rule != Rule.EXACT && rule.name().equals(name.toUpperCase(Locale.ROOT))) {
                return new ParameterType(rule, null);
            }
        }
        SqlType type = SqlTypeNames.find(name);
        if (type == null) {
            throw new IllegalArgumentException(name);
        }
        return new ParameterType(Rule.EXACT, type);
    }

    /** Whether an argument of a type, without modifiers, can become one without being asked. */
    boolean takes(SqlType argument) {
        if (argument.kind() == TypeKind.UNKNOWN) {
            return true;
        }
        if (type != null) {
            return Casts.allowed(argument, type, CastContext.IMPLICIT);
        }
        boolean array = argument.kind() == TypeKind.ARRAY;
        return !(rule.isArray() && !array) && !(rule.isNonArray() && array);
    }

    TypeCategory category() {
        return type == null ? TypeCategory.PSEUDO : TypeCategory.of(type.kind());
    }

    boolean isPreferred() {
        return type != null && TypeCategory.isPreferred(type.kind());
    }
}
