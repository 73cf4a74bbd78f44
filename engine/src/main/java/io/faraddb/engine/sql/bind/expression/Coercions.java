package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.function.CastContext;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.type.Coercion;
import io.faraddb.engine.type.FormatSettings;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TextFormat;
import io.faraddb.engine.type.TypeKind;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values as values of another type: literals at once, parameters by saying what they are, others by
 * a cast, unless they are the same already.
 */
public final class Coercions {

    private static final ZoneOffset FAR_ZONE = ZoneOffset.ofHours(14);

    private final BindContext context;

    public Coercions(BindContext context) {
        this.context = context;
    }

    /** For an argument of a function or operator that was chosen to fit. */
    public Scalar implicitly(Scalar value, SqlType target) {
        Scalar coerced = coerce(value, target, CastContext.IMPLICIT);
        if (coerced == null) {
            throw new SqlException(
                            ErrorCode.CANNOT_COERCE,
                            "cannot cast type " + bare(value.type()) + " to " + bare(target))
                    .at(context.position(value));
        }
        return coerced;
    }

    /** As written with CAST. */
    public Scalar explicitly(Scalar value, SqlType target, int position) {
        Scalar coerced = coerce(value, target, CastContext.EXPLICIT);
        if (coerced == null) {
            throw new SqlException(
                            ErrorCode.CANNOT_COERCE,
                            "cannot cast type " + bare(value.type()) + " to " + bare(target))
                    .at(position);
        }
        return coerced;
    }

    /**
     * For a condition.
     *
     * @param construct as messages name it: WHERE, AND, ...
     */
    public Scalar condition(Scalar value, String construct) {
        Scalar coerced = coerce(value, SqlType.BOOLEAN, CastContext.IMPLICIT);
        if (coerced == null) {
            throw new SqlException(
                            ErrorCode.DATATYPE_MISMATCH,
                            "argument of "
                                    + construct
                                    + " must be type boolean, not type "
                                    + bare(value.type()))
                    .at(context.position(value));
        }
        return coerced;
    }

    /** For a column that is written; null if the types do not fit. */
    public @Nullable Scalar assign(Scalar value, SqlType target) {
        return coerce(value, target, CastContext.ASSIGNMENT);
    }

    static SqlType bare(SqlType type) {
        return type.unmodified();
    }

    /** Null if the types do not fit in this context. */
    public @Nullable Scalar coerce(Scalar value, SqlType target, CastContext how) {
        boolean explicit = how == CastContext.EXPLICIT;
        if (target.kind() == TypeKind.UNKNOWN) {
            return value;
        }
        if (value instanceof Scalar.Literal literal) {
            if (literal.value() == null) {
                boolean fits = Casts.allowed(literal.type(), target, how);
                return fits ? keep(value, new Scalar.Literal(null, target)) : null;
            }
            if (literal.type().kind() == TypeKind.UNKNOWN) {
                return keep(
                        value,
                        parsed(
                                (String) literal.value(),
                                target,
                                explicit,
                                context.position(value)));
            }
        }
        if (value instanceof Scalar.Parameter parameter
                && parameter.type().kind() == TypeKind.UNKNOWN) {
            return parameter(parameter, target, explicit);
        }
        if (value instanceof Scalar.ArrayOf array && target.kind() == TypeKind.ARRAY) {
            return elements(array, target, how);
        }
        if (!Casts.allowed(value.type(), target, how)) {
            return null;
        }
        boolean same = !explicit && Casts.isIdentity(value.type(), target);
        if (value.type().equals(target) || same) {
            return value;
        }
        return keep(value, new Scalar.Cast(value, target, explicit));
    }

    private Scalar keep(Scalar from, Scalar to) {
        return context.at(to, context.position(from));
    }

    private Scalar parameter(Scalar.Parameter parameter, SqlType target, boolean explicit) {
        int position = context.position(parameter);
        SqlType known = context.parameters().type(parameter.index());
        if (known.kind() == TypeKind.UNKNOWN) {
            context.parameters().infer(parameter.index(), bare(target), position);
            known = bare(target);
        }
        Scalar typed = keep(parameter, new Scalar.Parameter(parameter.index(), known));
        if (known.equals(target)) {
            return typed;
        }
        CastContext how = explicit ? CastContext.EXPLICIT : CastContext.ASSIGNMENT;
        Scalar coerced = coerce(typed, target, how);
        if (coerced == null) {
            context.parameters().infer(parameter.index(), bare(target), position);
        }
        return Objects.requireNonNull(coerced);
    }

    private @Nullable Scalar elements(Scalar.ArrayOf array, SqlType target, CastContext how) {
        SqlType element = Objects.requireNonNull(target.element());
        List<Scalar> coerced = new ArrayList<>();
        for (Scalar item : array.elements()) {
            boolean nested = item instanceof Scalar.ArrayOf;
            Scalar changed = coerce(item, nested ? target : element, how);
            if (changed == null) {
                return null;
            }
            coerced.add(changed);
        }
        return keep(array, new Scalar.ArrayOf(coerced, target));
    }

    // Literals ---------------------------------------------------------------------------------

    /** What a literal's text says as a value of a type; left to run time if the session decides. */
    private Scalar parsed(String text, SqlType target, boolean explicit, int position) {
        try {
            Object value = constant(text, target);
            if (value == null) {
                return new Scalar.Cast(new Scalar.Literal(text, SqlType.UNKNOWN), target, explicit);
            }
            return new Scalar.Literal(
                    explicit
                            ? Coercion.toDeclaredByCast(target, value)
                            : Coercion.toDeclared(target, value),
                    target);
        } catch (SqlException invalid) {
            throw invalid.position() == 0 ? invalid.at(position) : invalid;
        }
    }

    private @Nullable Object constant(String text, SqlType target) {
        SqlType plain = plain(target);
        return switch (innermost(target).kind()) {
            case REGCLASS, REGTYPE, REGPROC, REGNAMESPACE ->
                    Casts.find(SqlType.UNKNOWN, target, true)
                            .apply(text, new BindCalls(context.catalog()));
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> independent(text, plain);
            default -> TextFormat.parse(plain, text);
        };
    }

    private static SqlType innermost(SqlType type) {
        SqlType element = type.element();
        return element == null ? type : innermost(element);
    }

    private static SqlType plain(SqlType type) {
        SqlType element = type.element();
        return element == null ? type.unmodified() : SqlType.array(plain(element));
    }

    /** Null if the session's zone or the clock has a say. */
    private static @Nullable Object independent(String text, SqlType target) {
        boolean[] asked = new boolean[1];
        Object here = TextFormat.parse(target, text, settings(ZoneOffset.UTC, asked));
        Object there = TextFormat.parse(target, text, settings(FAR_ZONE, asked));
        return asked[0] || !here.equals(there) ? null : here;
    }

    private static FormatSettings settings(ZoneOffset zone, boolean[] asked) {
        return new FormatSettings(
                zone,
                false,
                1,
                FormatSettings.DEFAULT.names(),
                () -> {
                    asked[0] = true;
                    return 0;
                });
    }
}
