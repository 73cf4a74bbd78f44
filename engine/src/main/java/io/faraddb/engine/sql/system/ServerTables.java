package io.faraddb.engine.sql.system;

import io.faraddb.engine.catalog.ProcedureDef;
import io.faraddb.engine.catalog.UserDef;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.ObjectNames;
import io.faraddb.engine.sql.function.SystemRelations.SystemRelation;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeOids;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What belongs to the server as a whole: the database, schemas, roles, types, settings. */
final class ServerTables {

    static final String DATABASE = "farad";
    static final long DATABASE_OID = 5;

    private static final long UTF8 = 6;
    private static final List<String> TYPES = typeLines();

    private ServerTables() {}

    static void register(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_namespace", ServerTables::schemas);
        sources.put("pg_catalog.pg_database", ServerTables::databases);
        sources.put("pg_catalog.pg_tablespace", ServerTables::tablespaces);
        sources.put("pg_catalog.pg_am", ServerTables::accessMethods);
        sources.put("pg_catalog.pg_collation", ServerTables::collations);
        sources.put("pg_catalog.pg_language", ServerTables::languages);
        sources.put("pg_catalog.pg_type", ServerTables::types);
        sources.put("pg_catalog.pg_proc", ServerTables::procedures);
        sources.put("pg_catalog.pg_settings", ServerTables::settings);
        sources.put("pg_catalog.pg_roles", ServerTables::roles);
        sources.put("pg_catalog.pg_authid", ServerTables::roles);
        sources.put("pg_catalog.pg_user", ServerTables::users);
        sources.put("pg_catalog.pg_shadow", ServerTables::users);
    }

    // Places -----------------------------------------------------------------------------------

    private static List<SystemRow> schemas(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        ObjectNames.schemas()
                .forEach((name, oid) ->
                        rows.add(
                                SystemRow.of(relation)
                                        .set("oid", oid)
                                        .set("nspname", name)
                                        .set("nspowner", Owners.oid(calls.catalog()))));
        return rows;
    }

    private static List<SystemRow> databases(SystemRelation relation, CallContext calls) {
        return List.of(
                SystemRow.of(relation)
                        .set("oid", DATABASE_OID)
                        .set("datname", DATABASE)
                        .set("datdba", Owners.oid(calls.catalog()))
                        .set("encoding", UTF8)
                        .set("datlocprovider", "c")
                        .set("datallowconn", true)
                        .set("datconnlimit", -1)
                        .set("dattablespace", 1663)
                        .set("datcollate", "C")
                        .set("datctype", "C"));
    }

    private static List<SystemRow> tablespaces(SystemRelation relation, CallContext calls) {
        return List.of(
                SystemRow.of(relation)
                        .set("oid", 1663)
                        .set("spcname", "pg_default")
                        .set("spcowner", Owners.oid(calls.catalog())),
                SystemRow.of(relation)
                        .set("oid", 1664)
                        .set("spcname", "pg_global")
                        .set("spcowner", Owners.oid(calls.catalog())));
    }

    private static List<SystemRow> accessMethods(SystemRelation relation, CallContext calls) {
        return List.of(
                SystemRow.of(relation)
                        .set("oid", 2)
                        .set("amname", "heap")
                        .set("amhandler", ObjectNames.procedureOid("heap_tableam_handler"))
                        .set("amtype", "t"),
                SystemRow.of(relation)
                        .set("oid", 403)
                        .set("amname", "btree")
                        .set("amhandler", ObjectNames.procedureOid("bthandler"))
                        .set("amtype", "i"));
    }

    private static List<SystemRow> collations(SystemRelation relation, CallContext calls) {
        return List.of(
                collation(relation, 100, "default", "d"),
                collation(relation, 950, "C", "c").set("collcollate", "C").set("collctype", "C"),
                collation(relation, 951, "POSIX", "c")
                        .set("collcollate", "POSIX")
                        .set("collctype", "POSIX"));
    }

    private static SystemRow collation(
            SystemRelation relation, int oid, String name, String provider) {
        return SystemRow.of(relation)
                .set("oid", oid)
                .set("collname", name)
                .set("collnamespace", 11)
                .set("collowner", Owners.BOOTSTRAP)
                .set("collprovider", provider)
                .set("collisdeterministic", true)
                .set("collencoding", -1);
    }

    private static List<SystemRow> languages(SystemRelation relation, CallContext calls) {
        return List.of(
                language(relation, 12, "internal"),
                language(relation, 14, "sql").set("lanpltrusted", true),
                language(relation, 16_000, "java"));
    }

    private static SystemRow language(SystemRelation relation, int oid, String name) {
        return SystemRow.of(relation)
                .set("oid", oid)
                .set("lanname", name)
                .set("lanowner", Owners.BOOTSTRAP);
    }

    // Types and procedures ---------------------------------------------------------------------

    private static List<String> typeLines() {
        try (InputStream in =
                Invariant.notNull(
                        ServerTables.class.getResourceAsStream("types.txt"), "a resource")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<SystemRow> types(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (String line : TYPES) {
            String[] words = line.split(" ");
            SystemRow row =
                    SystemRow.of(relation)
                            .set("oid", Long.valueOf(words[0]))
                            .set("typname", words[1])
                            .set("typnamespace", 11)
                            .set("typowner", Owners.BOOTSTRAP)
                            .set("typlen", Long.valueOf(words[2]))
                            .set("typbyval", words[3].equals("t"))
                            .set("typtype", words[4])
                            .set("typcategory", words[5])
                            .set("typispreferred", words[6].equals("t"))
                            .set("typisdefined", true)
                            .set("typdelim", words[7])
                            .set("typelem", Long.valueOf(words[8]))
                            .set("typarray", Long.valueOf(words[9]))
                            .set("typalign", words[14])
                            .set("typstorage", words[15])
                            .set("typtypmod", -1)
                            .set("typcollation", Long.valueOf(words[16]));
            String[] functions = {"typinput", "typoutput", "typreceive", "typsend"};
            for (int i = 0; i < functions.length; i++) {
                row.set(functions[i], ObjectNames.procedureOid(words[10 + i]));
            }
            rows.add(row.set("typsubscript", ObjectNames.procedureOid(words[17])));
        }
        return rows;
    }

    private static List<SystemRow> procedures(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (ProcedureDef procedure : calls.catalog().procedures()) {
            List<Object> types = new ArrayList<>();
            for (SqlType type : procedure.parameterTypes()) {
                types.add((long) TypeOids.oid(type));
            }
            boolean java = procedure.body() instanceof ProcedureDef.Body.JavaClass;
            rows.add(
                    SystemRow.of(relation)
                            .set("oid", procedure.oid())
                            .set("proname", procedure.name())
                            .set("pronamespace", 2200)
                            .set("proowner", Owners.oid(calls.catalog()))
                            .set("prolang", java ? 16_000 : 14)
                            .set("procost", 100f)
                            .set("prokind", "p")
                            .set("provolatile", "v")
                            .set("proparallel", "u")
                            .set("pronargs", types.size())
                            .set("prorettype", 2278)
                            .set("proargtypes", types)
                            .set("prosrc", source(procedure.body())));
        }
        return rows;
    }

    private static String source(ProcedureDef.Body body) {
        return switch (body) {
            case ProcedureDef.Body.Statements sql -> String.join(";\n", sql.statements());
            case ProcedureDef.Body.JavaClass java -> java.className();
        };
    }

    // Settings and roles -----------------------------------------------------------------------

    private static List<SystemRow> settings(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (String name : calls.settingNames()) {
            String value = calls.setting(name.toLowerCase(Locale.ROOT));
            rows.add(
                    SystemRow.of(relation)
                            .set("name", name)
                            .set("setting", value)
                            .set("category", "FaradDB")
                            .set("short_desc", "")
                            .set("context", "user")
                            .set("vartype", vartype(value))
                            .set("source", "default")
                            .set("boot_val", value)
                            .set("reset_val", value)
                            .set("sourceline", null));
        }
        return rows;
    }

    private static String vartype(@Nullable String value) {
        if (value == null) {
            return "string";
        }
        if (value.equals("on") || value.equals("off")) {
            return "bool";
        }
        return value.matches("-?[0-9]+") ? "integer" : "string";
    }

    private static List<SystemRow> roles(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (UserDef user : calls.catalog().users()) {
            rows.add(
                    SystemRow.of(relation)
                            .set("oid", user.oid())
                            .set("rolname", user.name())
                            .set("rolsuper", user.superuser())
                            .set("rolinherit", true)
                            .set("rolcreaterole", user.superuser())
                            .set("rolcanlogin", true)
                            .set("rolconnlimit", -1)
                            .set("rolpassword", "********"));
        }
        return rows;
    }

    private static List<SystemRow> users(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (UserDef user : calls.catalog().users()) {
            rows.add(
                    SystemRow.of(relation)
                            .set("usename", user.name())
                            .set("usesysid", user.oid())
                            .set("usesuper", user.superuser())
                            .set("passwd", "********"));
        }
        return rows;
    }
}
