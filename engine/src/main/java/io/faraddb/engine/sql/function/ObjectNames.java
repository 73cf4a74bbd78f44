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
public final class ObjectNames {

    private static final long OID_MAX = 0xFFFF_FFFFL;

    private static final Map<String, Long> SCHEMAS =
            Map.of(
                    "pg_catalog", 11L,
                    "public", 2200L,
                    "information_schema", 13207L,
                    "pg_toast", 99L);

    private static final Procedures PROCEDURES = new Procedures();

    /** Numbers of primary keys' indexes, which the catalog does not keep, lie above all others. */
    private static final int PRIMARY_KEY_OIDS = 0x4000_0000;

    private ObjectNames() {}

    /** PostgreSQL's own functions by name; several of one name share a number. */
    private static final class Procedures {
        private final Map<String, Long> oids = new HashMap<>();
        private final Map<Long, String> names = new HashMap<>();

        Procedures() {
            for (String line : SystemRelations.lines("system-procedures.txt")) {
                int space = line.indexOf(' ');
                Long oid = Long.valueOf(line.substring(0, space));
                oids.put(line.substring(space + 1), oid);
                names.put(oid, line.substring(space + 1));
            }
        }
    }

    /** Schemas with their numbers in pg_namespace. */
    public static Map<String, Long> schemas() {
        return SCHEMAS;
    }

    /** The number of one of PostgreSQL's own functions; 0 if there is none of that name. */
    public static long procedureOid(String name) {
        return PROCEDURES.oids.getOrDefault(name, 0L);
    }

    /** The number under which a table's primary key is shown as an index; 0 without one. */
    public static int primaryKeyOid(TableDef table) {
        return table.primaryKey().isEmpty() ? 0 : PRIMARY_KEY_OIDS + table.oid();
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

    /**
     * The number of a table, index or system relation; null if there is none.
     *
     * @param schema empty to look where names without one are looked for
     */
    public static @Nullable Long relation(String name, String schema, Catalog catalog) {
        if (!schema.equals("public")) {
            SystemRelations.SystemRelation system =
                    SystemRelations.find(schema.isEmpty() ? "pg_catalog" : schema, name);
            if (system != null) {
                return (long) system.oid();
            }
        }
        return schema.isEmpty() || schema.equals("public") ? userRelation(name, catalog) : null;
    }

    private static @Nullable Long userRelation(String name, Catalog catalog) {
        TableDef table = catalog.table(name);
        if (table != null) {
            return (long) table.oid();
        }
        for (TableDef each : catalog.tables()) {
            if (!each.primaryKey().isEmpty() && each.primaryKeyName().equals(name)) {
                return (long) primaryKeyOid(each);
            }
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
        return procedure == null ? PROCEDURES.oids.get(name) : (Long) (long) procedure.oid();
    }

    /** As a value of one of these types is printed. */
    public static String format(TypeKind kind, long oid, Catalog catalog) {
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

    /** A relation's name, quoted and qualified as needed; null if there is none. */
    public static @Nullable String relationName(long oid, Catalog catalog) {
        SystemRelations.SystemRelation system = SystemRelations.find((int) oid);
        if (system != null) {
            String name = QualifiedNames.quote(system.name());
            return system.schema().equals("pg_catalog") ? name : system.schema() + "." + name;
        }
        for (TableDef table : catalog.tables()) {
            if (table.oid() == oid) {
                return QualifiedNames.quote(table.name());
            }
            if (primaryKeyOid(table) == oid) {
                return QualifiedNames.quote(table.primaryKeyName());
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
        return PROCEDURES.names.get(oid);
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
