package io.faraddb.engine.sql.system;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeOids;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a statement can ask of its session and server. */
public final class ServerFunctions implements FunctionSource {

    /** pg_char_to_encoding's number of UTF8, the only one. */
    private static final long UTF8 = 6;

    @Override
    public void define(Definitions to) {
        identity(to);
        settings(to);
        encodings(to);
        sizes(to);
        privileges(to);
        absentServices(to);
    }

    /** The name in pg_type. */
    static String typeName(SqlType type) {
        SqlType element = type.element();
        if (element != null) {
            return "_" + typeName(element);
        }
        return switch (type.kind()) {
            case BOOLEAN -> "bool";
            case SMALLINT -> "int2";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case REAL -> "float4";
            case DOUBLE -> "float8";
            case VARCHAR -> "varchar";
            case CHAR -> "bpchar";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMPTZ -> "timestamptz";
            case INTERNAL_CHAR -> "char";
            default -> type.kind().sqlName();
        };
    }

    private static void identity(Definitions to) {
        to.general(
                "version() -> text stable",
                (arguments, calls) -> {
                    String version = calls.setting("server_version");
                    return "PostgreSQL " + (version == null ? "15.0" : version);
                });
        to.general("current_database() -> name stable", (a, c) -> ServerTables.DATABASE);
        to.general(
                "current_schemas(bool) -> name[] stable",
                (arguments, calls) ->
                        Boolean.TRUE.equals(arguments[0])
                                ? List.of("pg_catalog", "public")
                                : List.of("public"));
        to.general("pg_backend_pid() -> int4 stable", (a, calls) -> (long) calls.backendId());
        to.typed(
                "pg_typeof(any) -> regtype stable lenient",
                (types, result) -> {
                    long oid = TypeOids.oid(types.getFirst());
                    return (arguments, calls) -> oid;
                });
    }

    // Settings ---------------------------------------------------------------------------------

    private static void settings(Definitions to) {
        to.general(
                "current_setting(text) -> text stable",
                (arguments, calls) -> setting(arguments, calls, false));
        to.general(
                "current_setting(text, bool) -> text stable",
                (arguments, calls) -> setting(arguments, calls, Boolean.TRUE.equals(arguments[1])));
    }

    private static @Nullable String setting(
            @Nullable Object[] arguments, CallContext calls, boolean missingOk) {
        String name = String.valueOf(arguments[0]);
        String value = calls.setting(name.toLowerCase(Locale.ROOT));
        if (value == null && !missingOk) {
            throw new SqlException(
                    ErrorCode.UNDEFINED_OBJECT,
                    "unrecognized configuration parameter \"" + name + "\"");
        }
        return value;
    }

    // Encodings and sizes ----------------------------------------------------------------------

    private static void encodings(Definitions to) {
        to.define(
                "pg_encoding_to_char(int4) -> name",
                (Long encoding) -> encoding == UTF8 ? "UTF8" : "");
        to.define(
                "pg_char_to_encoding(name) -> int4",
                (String name) -> name.replace("-", "").equalsIgnoreCase("utf8") ? UTF8 : -1L);
        to.define("getdatabaseencoding() -> name", () -> "UTF8");
        to.define("pg_client_encoding() -> name", () -> "UTF8");
    }

    private static void sizes(Definitions to) {
        to.define(
                "pg_size_pretty(int8) -> text", (Long bytes) -> pretty(BigDecimal.valueOf(bytes)));
        to.define("pg_size_pretty(numeric) -> text", (BigDecimal bytes) -> pretty(bytes));
        // Memory is not counted by table: unknown rather than wrong.
        for (String name :
                List.of(
                        "pg_table_size",
                        "pg_indexes_size",
                        "pg_relation_size",
                        "pg_total_relation_size")) {
            to.general(name + "(regclass) -> int8 stable", (arguments, calls) -> null);
        }
        for (String argument : List.of("oid", "name")) {
            to.general("pg_database_size(" + argument + ") -> int8 stable", (a, c) -> null);
            to.general("pg_tablespace_size(" + argument + ") -> int8 stable", (a, c) -> null);
        }
    }

    private static String pretty(BigDecimal bytes) {
        BigDecimal limit = BigDecimal.valueOf(10 * 1024);
        if (bytes.abs().compareTo(limit) < 0) {
            return bytes.toPlainString() + " bytes";
        }
        List<String> units = List.of("bytes", "kB", "MB", "GB", "TB", "PB");
        BigDecimal amount = bytes;
        int unit = 0;
        while (unit + 1 < units.size()
                && amount.setScale(0, RoundingMode.HALF_UP).abs().compareTo(limit) >= 0) {
            amount = amount.divide(BigDecimal.valueOf(1024), 6, RoundingMode.HALF_UP);
            unit++;
        }
        return amount.setScale(0, RoundingMode.HALF_UP).toPlainString() + " " + units.get(unit);
    }

    // Privileges -------------------------------------------------------------------------------

    /** Whoever may connect may see and use all objects. */
    private static void privileges(Definitions to) {
        for (String kind :
                List.of(
                        "table",
                        "schema",
                        "database",
                        "function",
                        "sequence",
                        "type",
                        "language",
                        "tablespace",
                        "server",
                        "foreign_data_wrapper",
                        "any_column")) {
            for (String object : List.of("text", "oid")) {
                allow(to, "has_" + kind + "_privilege", object, "text");
                for (String user : List.of("name", "oid")) {
                    allow(to, "has_" + kind + "_privilege", user, object, "text");
                }
            }
        }
        for (String table : List.of("text", "oid")) {
            for (String column : List.of("text", "int2")) {
                allow(to, "has_column_privilege", table, column, "text");
                allow(to, "has_column_privilege", "name", table, column, "text");
            }
        }
        for (String role : List.of("name", "oid")) {
            allow(to, "pg_has_role", role, "text");
            allow(to, "pg_has_role", "name", role, "text");
            allow(to, "pg_has_role", "oid", role, "text");
        }
    }

    private static void allow(Definitions to, String name, String... parameters) {
        to.general(
                name + "(" + String.join(", ", parameters) + ") -> bool stable",
                (arguments, calls) -> true);
    }

    /** What PostgreSQL's server does that this one does otherwise or not at all. */
    private static void absentServices(Definitions to) {
        to.define("pg_is_in_recovery() -> bool stable", () -> false);
        to.define("pg_is_wal_replay_paused() -> bool stable", () -> false);
        to.define("inet_server_addr() -> text stable", () -> null);
        to.define("inet_server_port() -> int4 stable", () -> null);
        to.define("inet_client_addr() -> text stable", () -> null);
        to.define("inet_client_port() -> int4 stable", () -> null);
        to.define("pg_my_temp_schema() -> oid stable", () -> 0L);
        to.define("pg_is_other_temp_schema(oid) -> bool stable", (Long schema) -> false);
        to.define("row_security_active(oid) -> bool stable", (Long table) -> false);
    }
}
