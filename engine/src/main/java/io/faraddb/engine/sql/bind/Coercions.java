package io.faraddb.engine.sql.bind;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CastContext;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.type.Coercion;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import io.faraddb.engine.type.TypeKind;

/** Makes changes of type explicit. */
final class Coercions {

    private final BindContext context;

    Coercions(BindContext context) {
        this.context = context;
    }

    /** An argument as a type that the rules have found for it. */
    Scalar implicit(Scalar value, SqlType type, int position) {
        return coerce(value, type, CastContext.IMPLICIT, position);
    }

    /**
     * A value for a column.
     *
     * @throws SqlException 42804 if the column can't take it
     */
    Scalar assignment(Scalar value, SqlType type, String column, int position) {
        SqlType from = value.type();
        if (from.kind() != TypeKind.UNKNOWN && !Casts.allowed(from, type, CastContext.ASSIGNMENT)) {
            throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "column \"%s\" is of type %s but expression is of type %s"
                                    .formatted(column, type.unmodified(), from.unmodified()))
                    .hint("You will need to rewrite or cast the expression.")
                    .at(position);
        }
        return coerce(value, type, CastContext.ASSIGNMENT, position);
    }

    /** A cast that was written. */
    Scalar explicit(Scalar value, SqlType type, int position) {
        return coerce(value, type, CastContext.EXPLICIT, position);
    }

    /** A condition. */
    Scalar condition(Scalar value, String clause, int position) {
        if (value.type().kind() != TypeKind.UNKNOWN && value.type().kind() != TypeKind.BOOLEAN) {
            throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "argument of %s must be type boolean, not type %s"
                                    .formatted(clause, value.type().unmodified()))
                    .at(position);
        }
        return implicit(value, SqlType.BOOLEAN, position);
    }

    /** An untyped literal or parameter as text; anything else as it is. */
    Scalar known(Scalar value, int position) {
        return value.type().kind() == TypeKind.UNKNOWN
                ? implicit(value, SqlType.TEXT, position)
                : value;
    }

    private Scalar coerce(Scalar value, SqlType type, CastContext cast, int position) {
        boolean explicit = cast == CastContext.EXPLICIT;
        if (value.type().kind() == TypeKind.UNKNOWN) {
            return untyped(value, type, explicit, position);
        }
        if (value.type().equals(type)
                || (cast == CastContext.IMPLICIT && Casts.isIdentity(value.type(), type))) {
            return value;
        }
        if (!Casts.allowed(value.type(), type, cast)) {
            throw new SqlException(
                            ErrorCode.CANNOT_COERCE,
                            "cannot cast type "
                                    + value.type().unmodified()
                                    + " to "
                                    + type.unmodified())
                    .at(position);
        }
        if (Casts.isIdentity(value.type(), type) && sameFamily(value.type(), type)) {
            return retyped(value, type);
        }
        return new Scalar.Cast(value, type, explicit);
    }

    private static boolean sameFamily(SqlType from, SqlType to) {
        return from.kind() == to.kind() && !(from.kind() == TypeKind.ARRAY);
    }

    private static Scalar retyped(Scalar value, SqlType type) {
        return switch (value) {
            case Scalar.Parameter parameter -> parameter;
            case Scalar.Literal literal -> new Scalar.Literal(literal.value(), type);
            default -> value;
        };
    }

    private Scalar untyped(Scalar value, SqlType type, boolean explicit, int position) {
        if (type.kind() == TypeKind.UNKNOWN) {
            return value;
        }
        return switch (value) {
            case Scalar.Parameter parameter -> parameter(parameter, type, explicit, position);
            case Scalar.Literal literal -> literal(literal, type, explicit, position);
            default -> new Scalar.Cast(value, type, explicit);
        };
    }

    private Scalar parameter(
            Scalar.Parameter parameter, SqlType type, boolean explicit, int position) {
        Scalar.Parameter typed = context.parameter(parameter.index(), type.unmodified(), position);
        return typed.type().equals(type)
                ? typed
                : coerce(
                        typed,
                        type,
                        explicit ? CastContext.EXPLICIT : CastContext.ASSIGNMENT,
                        position);
    }

    private static Scalar literal(
            Scalar.Literal literal, SqlType type, boolean explicit, int position) {
        Object text = literal.value();
        if (text == null) {
            return new Scalar.Literal(null, type);
        }
        if (dependsOnSession(type)) {
            return new Scalar.Cast(new Scalar.Literal(text, SqlType.TEXT), type, true);
        }
        try {
            Object parsed = TextFormat.parse(type, (String) text);
            Object declared =
                    explicit
                            ? Coercion.toDeclaredByCast(type, parsed)
                            : Coercion.toDeclared(type, parsed);
            return new Scalar.Literal(declared, type);
        } catch (SqlException refused) {
            throw refused.at(position);
        }
    }

    /** Whether the meaning of a text changes with the session or the moment. */
    private static boolean dependsOnSession(SqlType type) {
        SqlType element = type.element();
        TypeKind kind = element == null ? type.kind() : element.kind();
        return switch (kind) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, REGCLASS, REGTYPE, REGPROC, REGNAMESPACE ->
                    true;
            default -> false;
        };
    }
}
