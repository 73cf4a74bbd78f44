package io.faraddb.engine.sql.function;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.Coercion;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which type becomes which, and how. */
public final class Casts {

    private static final Cast NONE = (value, context) -> value;

    private Casts() {}

    /** Whether PostgreSQL casts one type to the other in a context. */
    public static boolean allowed(SqlType from, SqlType to, CastContext context) {
        CastContext weakest = CastRules.weakest(from, to);
        return weakest != null && weakest.compareTo(context) <= 0;
    }

    /** Whether every value stays what it is, so that no cast is needed at all. */
    public static boolean isIdentity(SqlType from, SqlType to) {
        return find(from, to, true) == NONE;
    }

    /**
     * The cast between two types, lengths and precisions kept.
     *
     * @param explicit whether it was written as a cast
     * @throws SqlException 42846 if there is none
     */
    public static Cast find(SqlType from, SqlType to, boolean explicit) {
        if (CastRules.weakest(from, to) == null) {
            throw new SqlException(
                    ErrorCode.CANNOT_COERCE,
                    "cannot cast type " + from.unmodified() + " to " + to.unmodified());
        }
        Cast conversion = conversion(from, to, explicit);
        Cast fit = fit(from, to, explicit);
        if (conversion == NONE) {
            return fit;
        }
        return fit == NONE ? conversion : inSequence(conversion, fit);
    }

    private static Cast inSequence(Cast first, Cast second) {
        return (value, context) -> {
            Object between = first.apply(value, context);
            return between == null ? null : second.apply(between, context);
        };
    }

    /** Makes a value of the target's kind. */
    private static Cast conversion(SqlType from, SqlType to, boolean explicit) {
        TypeKind source = from.kind();
        TypeKind target = to.kind();
        if (source == TypeKind.ARRAY && target == TypeKind.ARRAY) {
            return elements(
                    find(
                            Objects.requireNonNull(from.element()),
                            Objects.requireNonNull(to.element()),
                            explicit));
        }
        if (source == target) {
            return NONE;
        }
        if (isText(source) && isText(target)) {
            return betweenTexts(source, target);
        }
        Cast special = special(source, target);
        if (special != null) {
            return special;
        }
        if (isText(source) || source == TypeKind.NAME) {
            return (value, context) -> TextConversion.parse(to, (String) value, context);
        }
        if (TypeCategory.of(target) == TypeCategory.STRING) {
            return target == TypeKind.NAME
                    ? (value, context) ->
                            Coercion.toDeclared(to, TextConversion.format(from, value, context))
                    : (value, context) -> TextConversion.format(from, value, context);
        }
        return NONE;
    }

    /** What is not a detour over text; null if it is one. */
    private static @Nullable Cast special(TypeKind source, TypeKind target) {
        if (source == TypeKind.BOOLEAN && isText(target)) {
            return (value, context) -> value.toString();
        }
        if (source == TypeKind.INTERNAL_CHAR || target == TypeKind.INTERNAL_CHAR) {
            return InternalCharCasts.find(source, target);
        }
        Cast number = NumberCasts.find(source, target);
        return number != null ? number : TimeCasts.find(source, target);
    }

    private static boolean isText(TypeKind kind) {
        return kind == TypeKind.TEXT
                || kind == TypeKind.VARCHAR
                || kind == TypeKind.CHAR
                || kind == TypeKind.UNKNOWN;
    }

    private static Cast betweenTexts(TypeKind source, TypeKind target) {
        return source == TypeKind.CHAR && target != TypeKind.CHAR
                ? (value, context) -> stripBlanks((String) value)
                : NONE;
    }

    /** A char(n) without the blanks that only fill it. */
    static String stripBlanks(String value) {
        int end = value.length();
        while (end > 0 && value.charAt(end - 1) == ' ') {
            end--;
        }
        return value.substring(0, end);
    }

    /** Fits a value of the target's kind to its length or precision. */
    private static Cast fit(SqlType from, SqlType to, boolean explicit) {
        TypeKind kind = to.kind();
        if (kind == TypeKind.NAME && from.kind() != TypeKind.NAME) {
            return (value, context) -> Coercion.toDeclared(to, value);
        }
        boolean limited = to.length() >= 0 || to.precision() >= 0;
        if (!limited || isWithin(from, to)) {
            return NONE;
        }
        return explicit
                ? (value, context) -> Coercion.toDeclaredByCast(to, value)
                : (value, context) -> Coercion.toDeclared(to, value);
    }

    /** Whether what fits one type fits the other, too. */
    private static boolean isWithin(SqlType from, SqlType to) {
        if (from.kind() != to.kind()) {
            return false;
        }
        return switch (to.kind()) {
            case VARCHAR -> from.length() >= 0 && from.length() <= to.length();
            case CHAR -> from.length() == to.length();
            case NUMERIC -> from.precision() == to.precision() && from.scale() == to.scale();
            default -> false;
        };
    }

    private static Cast elements(Cast cast) {
        return cast == NONE ? NONE : (value, context) -> each((List<?>) value, cast, context);
    }

    private static List<@Nullable Object> each(List<?> values, Cast cast, CallContext context) {
        List<@Nullable Object> results = new ArrayList<>(values.size());
        for (Object value : values) {
            if (value == null) {
                results.add(null);
            } else if (value instanceof List<?> inner) {
                results.add(each(inner, cast, context));
            } else {
                results.add(cast.apply(value, context));
            }
        }
        return results;
    }
}
