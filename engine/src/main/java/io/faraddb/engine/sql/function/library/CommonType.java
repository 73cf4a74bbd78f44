package io.faraddb.engine.sql.function.library;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CastContext;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.TypeCategory;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The type that values of several types become together: UNION, CASE and their like. */
final class CommonType {

    private CommonType() {}

    /**
     * @param construct what the message begins with, with a blank behind it, or nothing
     * @throws SqlException 42804 if there is none
     */
    static SqlType of(List<SqlType> types, String construct) {
        SqlType common = find(types);
        if (common == null) {
            throw mismatch(types, construct);
        }
        return common;
    }

    private static SqlException mismatch(List<SqlType> types, String construct) {
        SqlType first = null;
        for (SqlType type : types) {
            if (type.kind() == TypeKind.UNKNOWN) {
                continue;
            }
            if (first == null) {
                first = type;
            } else if (category(type) != category(first)) {
                return new SqlException(
                        ErrorCode.DATATYPE_MISMATCH,
                        construct
                                + "types %s and %s cannot be matched"
                                        .formatted(Types.bare(first), Types.bare(type)));
            }
        }
        return new SqlException(ErrorCode.DATATYPE_MISMATCH, construct + "types cannot be matched");
    }

    /** Null if two are of different categories. */
    static @Nullable SqlType find(List<SqlType> types) {
        SqlType same = same(types);
        if (same != null) {
            return same.kind() == TypeKind.UNKNOWN ? SqlType.TEXT : same;
        }
        SqlType chosen = null;
        for (SqlType modified : types) {
            SqlType type = Types.bare(modified);
            if (type.kind() == TypeKind.UNKNOWN || type.equals(chosen)) {
                continue;
            }
            if (chosen == null) {
                chosen = type;
            } else if (category(type) != category(chosen)) {
                return null;
            } else if (!TypeCategory.isPreferred(chosen.kind())
                    && Casts.allowed(chosen, type, CastContext.IMPLICIT)
                    && !Casts.allowed(type, chosen, CastContext.IMPLICIT)) {
                chosen = type;
            }
        }
        return chosen == null ? SqlType.TEXT : chosen;
    }

    /** The type of all, modifiers too; without them if only they differ; null if more does. */
    private static @Nullable SqlType same(List<SqlType> types) {
        SqlType first = types.getFirst();
        boolean modifiers = true;
        for (SqlType type : types) {
            if (!Types.bare(type).equals(Types.bare(first))) {
                return null;
            }
            modifiers &= type.equals(first);
        }
        return modifiers ? first : Types.bare(first);
    }

    private static TypeCategory category(SqlType type) {
        return TypeCategory.of(type.kind());
    }
}
