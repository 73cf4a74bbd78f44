package io.faraddb.engine.sql.function;

import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types by their names: SQL's, and PostgreSQL's internal ones. */
public final class SqlTypeNames {

    private static final Map<String, TypeKind> KINDS = kinds();

    private SqlTypeNames() {}

    private static Map<String, TypeKind> kinds() {
        Map<String, TypeKind> kinds = new HashMap<>();
        for (TypeKind kind : TypeKind.values()) {
            if (kind != TypeKind.ARRAY) {
                kinds.put(kind.sqlName(), kind);
            }
        }
        kinds.put("bool", TypeKind.BOOLEAN);
        kinds.put("int2", TypeKind.SMALLINT);
        kinds.put("int4", TypeKind.INTEGER);
        kinds.put("int", TypeKind.INTEGER);
        kinds.put("int8", TypeKind.BIGINT);
        kinds.put("float4", TypeKind.REAL);
        kinds.put("float8", TypeKind.DOUBLE);
        kinds.put("float", TypeKind.DOUBLE);
        kinds.put("decimal", TypeKind.NUMERIC);
        kinds.put("varchar", TypeKind.VARCHAR);
        kinds.put("bpchar", TypeKind.CHAR);
        kinds.put("char", TypeKind.CHAR);
        kinds.put("time", TypeKind.TIME);
        kinds.put("timestamp", TypeKind.TIMESTAMP);
        kinds.put("timestamptz", TypeKind.TIMESTAMPTZ);
        return Map.copyOf(kinds);
    }

    /**
     * A type without modifiers.
     *
     * @param name perhaps with brackets behind it, in any case
     * @return null if there is none of that name
     */
    public static @Nullable SqlType find(String name) {
        String word = name.strip().toLowerCase(Locale.ROOT);
        if (word.endsWith("[]")) {
            SqlType element = find(word.substring(0, word.length() - 2));
            return element == null ? null : SqlType.array(element);
        }
        if (word.startsWith("pg_catalog.")) {
            return find(word.substring("pg_catalog.".length()));
        }
        if (word.startsWith("_")) {
            return find(word.substring(1) + "[]");
        }
        TypeKind kind = KINDS.get(word);
        return kind == null ? null : SqlType.of(kind);
    }
}
