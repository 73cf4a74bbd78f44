package io.faraddb.engine.sql.function;

import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's pg_cast: which casts there are and where they happen by themselves. */
final class CastRules {

    private static final Map<TypeKind, Map<TypeKind, CastContext>> RULES =
            new EnumMap<>(TypeKind.class);

    static {
        implicitNumbers();
        implicitStrings();
        implicitTimes();
        assignments();
        explicits();
    }

    private CastRules() {}

    private static void implicitNumbers() {
        TypeKind[] registered = {
            TypeKind.OID,
            TypeKind.REGCLASS,
            TypeKind.REGTYPE,
            TypeKind.REGPROC,
            TypeKind.REGNAMESPACE
        };
        implicit(TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT);
        implicit(TypeKind.INTEGER, TypeKind.BIGINT);
        for (TypeKind integer : EnumSet.of(TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT)) {
            implicit(integer, TypeKind.REAL, TypeKind.DOUBLE, TypeKind.NUMERIC);
            implicit(integer, registered);
        }
        implicit(TypeKind.REAL, TypeKind.DOUBLE);
        implicit(TypeKind.NUMERIC, TypeKind.REAL, TypeKind.DOUBLE);
        for (TypeKind kind : registered) {
            if (kind != TypeKind.OID) {
                implicit(kind, TypeKind.OID);
                implicit(TypeKind.OID, kind);
            }
        }
    }

    private static void implicitStrings() {
        implicit(TypeKind.INTERNAL_CHAR, TypeKind.TEXT);
        implicit(TypeKind.NAME, TypeKind.TEXT);
        implicit(TypeKind.TEXT, TypeKind.NAME, TypeKind.CHAR, TypeKind.VARCHAR, TypeKind.REGCLASS);
        implicit(TypeKind.CHAR, TypeKind.NAME, TypeKind.TEXT, TypeKind.VARCHAR);
        implicit(TypeKind.VARCHAR, TypeKind.NAME, TypeKind.TEXT, TypeKind.CHAR, TypeKind.REGCLASS);
    }

    private static void implicitTimes() {
        implicit(TypeKind.DATE, TypeKind.TIMESTAMP, TypeKind.TIMESTAMPTZ);
        implicit(TypeKind.TIME, TypeKind.INTERVAL);
        implicit(TypeKind.TIMESTAMP, TypeKind.TIMESTAMPTZ);
    }

    private static void assignments() {
        assignment(TypeKind.BIGINT, TypeKind.SMALLINT, TypeKind.INTEGER);
        assignment(TypeKind.INTEGER, TypeKind.SMALLINT);
        assignment(TypeKind.REAL, TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT);
        assignment(TypeKind.REAL, TypeKind.NUMERIC);
        assignment(TypeKind.DOUBLE, TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT);
        assignment(TypeKind.DOUBLE, TypeKind.NUMERIC, TypeKind.REAL);
        assignment(TypeKind.NUMERIC, TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT);
        for (TypeKind kind :
                EnumSet.of(
                        TypeKind.OID,
                        TypeKind.REGCLASS,
                        TypeKind.REGTYPE,
                        TypeKind.REGPROC,
                        TypeKind.REGNAMESPACE)) {
            assignment(kind, TypeKind.INTEGER, TypeKind.BIGINT);
        }
        assignment(TypeKind.TEXT, TypeKind.INTERNAL_CHAR);
        assignment(TypeKind.CHAR, TypeKind.INTERNAL_CHAR);
        assignment(TypeKind.VARCHAR, TypeKind.INTERNAL_CHAR);
        assignment(TypeKind.TIMESTAMP, TypeKind.DATE, TypeKind.TIME);
        assignment(TypeKind.TIMESTAMPTZ, TypeKind.DATE, TypeKind.TIME, TypeKind.TIMESTAMP);
        assignment(TypeKind.INTERVAL, TypeKind.TIME);
    }

    private static void explicits() {
        put(CastContext.EXPLICIT, TypeKind.BOOLEAN, TypeKind.INTEGER);
        put(CastContext.EXPLICIT, TypeKind.INTEGER, TypeKind.BOOLEAN, TypeKind.INTERNAL_CHAR);
        put(CastContext.EXPLICIT, TypeKind.INTERNAL_CHAR, TypeKind.INTEGER);
    }

    private static void implicit(TypeKind from, TypeKind... to) {
        put(CastContext.IMPLICIT, from, to);
    }

    private static void assignment(TypeKind from, TypeKind... to) {
        put(CastContext.ASSIGNMENT, from, to);
    }

    private static void put(CastContext context, TypeKind from, TypeKind... to) {
        Map<TypeKind, CastContext> row =
                RULES.computeIfAbsent(from, kind -> new EnumMap<>(TypeKind.class));
        for (TypeKind kind : to) {
            row.put(kind, context);
        }
    }

    /** The most careful context in which a cast happens; null if there is none. */
    static @Nullable CastContext weakest(SqlType from, SqlType to) {
        TypeKind source = from.kind();
        TypeKind target = to.kind();
        if (source == TypeKind.UNKNOWN) {
            return CastContext.IMPLICIT;
        }
        if (source == TypeKind.ARRAY && target == TypeKind.ARRAY) {
            return weakest(
                    Objects.requireNonNull(from.element()), Objects.requireNonNull(to.element()));
        }
        if (source == target) {
            return CastContext.IMPLICIT;
        }
        CastContext context = RULES.getOrDefault(source, Map.of()).get(target);
        return context != null ? context : throughText(source, target);
    }

    private static @Nullable CastContext throughText(TypeKind source, TypeKind target) {
        if (Set.of(TypeKind.VOID, TypeKind.UNKNOWN).contains(target) || source == TypeKind.VOID) {
            return null;
        }
        if (TypeCategory.of(target) == TypeCategory.STRING) {
            return CastContext.ASSIGNMENT;
        }
        return TypeCategory.of(source) == TypeCategory.STRING ? CastContext.EXPLICIT : null;
    }
}
