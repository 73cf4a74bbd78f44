package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CastContext;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.library.ParameterType.Rule;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settles polymorphic parameters by the arguments of a call. */
final class Polymorphism {

    private Polymorphism() {}

    /** Whether the arguments agree with each other where the parameters ask for it. */
    static boolean isConsistent(Signature signature, List<SqlType> arguments) {
        SqlType element = null;
        List<SqlType> compatible = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            SqlType argument = arguments.get(i);
            Rule rule = signature.parameter(i).rule();
            if (argument.kind() == TypeKind.UNKNOWN || rule == Rule.EXACT || rule == Rule.ANY) {
                continue;
            }
            SqlType single = rule.isArray() ? Objects.requireNonNull(argument.element()) : argument;
            if (rule.isCompatible()) {
                compatible.add(single);
            } else if (element == null) {
                element = single;
            } else if (!element.equals(single)) {
                return false;
            }
        }
        boolean nonArray =
                signature.parameters().stream()
                        .anyMatch(parameter -> parameter.rule().isNonArray());
        if (nonArray && element != null && element.kind() == TypeKind.ARRAY) {
            return false;
        }
        SqlType common = compatible.isEmpty() ? null : CommonType.find(compatible);
        return compatible.isEmpty() || (common != null && allBecome(compatible, common));
    }

    private static boolean allBecome(List<SqlType> types, SqlType common) {
        for (SqlType type : types) {
            if (!Casts.allowed(type, common, CastContext.IMPLICIT)) {
                return false;
            }
        }
        return true;
    }

    static <T> T bind(Overload<T> overload, List<SqlType> arguments) {
        Signature signature = overload.signature();
        SqlType element = null;
        List<SqlType> compatible = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            SqlType argument = arguments.get(i);
            Rule rule = signature.parameter(i).rule();
            if (argument.kind() == TypeKind.UNKNOWN || rule == Rule.EXACT || rule == Rule.ANY) {
                continue;
            }
            SqlType single = rule.isArray() ? Objects.requireNonNull(argument.element()) : argument;
            if (rule.isCompatible()) {
                compatible.add(single);
            } else {
                element = single;
            }
        }
        SqlType common = compatible.isEmpty() ? SqlType.TEXT : CommonType.of(compatible, "");
        List<SqlType> parameters = new ArrayList<>(arguments.size());
        for (int i = 0; i < arguments.size(); i++) {
            parameters.add(settle(signature.parameter(i), arguments.get(i), element, common));
        }
        SqlType result = settle(signature.result(), SqlType.UNKNOWN, element, common);
        return overload.maker().make(List.copyOf(parameters), result);
    }

    private static SqlType settle(
            ParameterType parameter, SqlType argument, @Nullable SqlType element, SqlType common) {
        return switch (parameter.rule()) {
            case EXACT -> Objects.requireNonNull(parameter.type());
            case ANY -> argument.kind() == TypeKind.UNKNOWN ? SqlType.TEXT : argument;
            case ANYELEMENT, ANYNONARRAY -> known(element);
            case ANYARRAY -> SqlType.array(known(element));
            case ANYCOMPATIBLE, ANYCOMPATIBLENONARRAY -> common;
            case ANYCOMPATIBLEARRAY -> SqlType.array(common);
        };
    }

    private static SqlType known(@Nullable SqlType element) {
        if (element == null) {
            throw new SqlException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "could not determine polymorphic type because input has type unknown");
        }
        return element;
    }
}
