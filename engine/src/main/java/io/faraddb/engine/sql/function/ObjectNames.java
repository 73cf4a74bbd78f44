package io.faraddb.engine.sql.function;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.TypeOids;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names of objects as regclass, regtype, regproc and regnamespace read and print them. */
final class ObjectNames {

    private static final long OID_MAX = 0xFFFF_FFFFL;

    private static final Map<String, Long> SCHEMAS =
            Map.of("pg_catalog", 11L, "public", 2200L, "pg_toast", 99L);

    /** The system tables whose oids PostgreSQL fixes. */
    private static final Map<String, Long> SYSTEM_TABLES =
            Map.ofEntries(
                    Map.entry("pg_type", 1247L),
                    Map.entry("pg_attribute", 1249L),
                    Map.entry("pg_proc", 1255L),
                    Map.entry("pg_class", 1259L),
                    Map.entry("pg_authid", 1260L),
                    Map.entry("pg_database", 1262L),
                    Map.entry("pg_aggregate", 2600L),
                    Map.entry("pg_am", 2601L),
                    Map.entry("pg_attrdef", 2604L),
                    Map.entry("pg_cast", 2605L),
                    Map.entry("pg_constraint", 2606L),
                    Map.entry("pg_conversion", 2607L),
                    Map.entry("pg_depend", 2608L),
                    Map.entry("pg_description", 2609L),
                    Map.entry("pg_index", 2610L),
                    Map.entry("pg_inherits", 2611L),
                    Map.entry("pg_language", 2612L),
                    Map.entry("pg_namespace", 2615L),
                    Map.entry("pg_opclass", 2616L),
                    Map.entry("pg_operator", 2617L),
                    Map.entry("pg_rewrite", 2618L),
                    Map.entry("pg_trigger", 2620L),
                    Map.entry("pg_collation", 3456L),
                    Map.entry("pg_extension", 3079L),
                    Map.entry("pg_enum", 3501L),
                    Map.entry("pg_tablespace", 1213L),
                    Map.entry("pg_policy", 3256L),
                    Map.entry("pg_shdescription", 2396L),
                    Map.entry("pg_publication", 6104L));

    private static final Map<Long, String> SYSTEM_TABLE_NAMES = inverse(SYSTEM_TABLES);

    private ObjectNames() {}

    private static Map<Long, String> inverse(Map<String, Long> names) {
        Map<Long, String> inverse = new HashMap<>();
        names.forEach((name, oid) -> inverse.put(oid, name));
        return Map.copyOf(inverse);
    }

    static Long parse(TypeKind kind, String text, Catalog catalog) {
        if (text.equals("-")) {
            return 0L;
        }
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return parseNumber(text);
        }
        if (kind == TypeKind.REGTYPE) {
            return type(text);
        }
        List<String> names = QualifiedNames.split(text);
        String name = names.getLast();
        Long oid =
                switch (kind) {
                    case REGCLASS -> relation(name, names.size() > 1 ? names.get(0) : "", catalog);
                    case REGPROC -> procedure(name, catalog);
                    default -> SCHEMAS.get(name);
                };
        if (oid == null) {
            throw missing(kind, String.join(".", names));
        }
        return oid;
    }

    private static long parseNumber(String text) {
        long number = text.length() > 10 ? OID_MAX + 1 : Long.parseLong(text);
        if (number > OID_MAX) {
            throw new SqlException(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "value \"" + text + "\" is out of range for type oid");
        }
        return number;
    }

    private static SqlException missing(TypeKind kind, String name) {
        return switch (kind) {
            case REGCLASS ->
                    new SqlException(
                            ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
            case REGPROC ->
                    new SqlException(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "function \"" + name + "\" does not exist");
            default ->
                    new SqlException(
                            ErrorCode.INVALID_SCHEMA_NAME,
                            "schema \"" + name + "\" does not exist");
        };
    }

    private static @Nullable Long relation(String name, String schema, Catalog catalog) {
        Long system = SYSTEM_TABLES.get(name);
        if (system != null && !schema.equals("public")) {
            return system;
        }
        if (!schema.isEmpty() && !schema.equals("public")) {
            return null;
        }
        TableDef table = catalog.table(name);
        if (table != null) {
            return (long) table.oid();
        }
        for (TableDef each : catalog.tables()) {
            for (IndexDef index : each.indexes()) {
                if (index.name().equals(name)) {
                    return (long) index.oid();
                }
            }
        }
        return null;
    }

    private static @Nullable Long procedure(String name, Catalog catalog) {
        ProcedureDef procedure = catalog.procedure(name);
        return procedure == null ? null : (long) procedure.oid();
    }

    static String format(TypeKind kind, long oid, Catalog catalog) {
        if (oid == 0) {
            return "-";
        }
        String name =
                switch (kind) {
                    case REGCLASS -> relationName(oid, catalog);
                    case REGTYPE -> typeName(oid);
                    case REGPROC -> procedureName(oid, catalog);
                    default -> schemaName(oid);
                };
        return name == null ? Long.toString(oid & OID_MAX) : name;
    }

    private static @Nullable String relationName(long oid, Catalog catalog) {
        String system = SYSTEM_TABLE_NAMES.get(oid);
        if (system != null) {
            return system;
        }
        for (TableDef table : catalog.tables()) {
            if (table.oid() == oid) {
                return QualifiedNames.quote(table.name());
            }
            for (IndexDef index : table.indexes()) {
                if (index.oid() == oid) {
                    return QualifiedNames.quote(index.name());
                }
            }
        }
        return null;
    }

    private static @Nullable String procedureName(long oid, Catalog catalog) {
        for (ProcedureDef procedure : catalog.procedures()) {
            if (procedure.oid() == oid) {
                return QualifiedNames.quote(procedure.name());
            }
        }
        return null;
    }

    private static @Nullable String schemaName(long oid) {
        for (Map.Entry<String, Long> schema : SCHEMAS.entrySet()) {
            if (schema.getValue() == oid) {
                return schema.getKey();
            }
        }
        return null;
    }

    private static long type(String text) {
        SqlType type = SqlTypeNames.find(text);
        if (type == null) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_OBJECT, "type \"" + text + "\" does not exist");
        }
        return TypeOids.oid(type);
    }

    private static @Nullable String typeName(long oid) {
        SqlType type = TypeOids.type((int) oid);
        return type == null ? null : type.toString();
    }
}
