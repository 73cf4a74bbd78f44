package io.faraddb.engine.sql.system;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.Casts;
import io.faraddb.engine.sql.function.ObjectNames;
import io.faraddb.engine.sql.function.QualifiedNames;
import io.faraddb.engine.sql.function.library.Definitions;
import io.faraddb.engine.sql.function.library.FunctionSource;
import io.faraddb.engine.sql.parse.lex.Keyword;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.TypeOids;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What psql and drivers ask about the catalog by functions. */
public final class CatalogFunctions implements FunctionSource {

    @Override
    public void define(Definitions to) {
        names(to);
        types(to);
        definitions(to);
        visibility(to);
        absent(to);
        sets(to);
    }

    // Names ------------------------------------------------------------------------------------

    private static void names(Definitions to) {
        for (TypeKind kind :
                List.of(
                        TypeKind.REGCLASS,
                        TypeKind.REGTYPE,
                        TypeKind.REGPROC,
                        TypeKind.REGNAMESPACE)) {
            SqlType type = SqlType.of(kind);
            to.general(
                    "to_" + kind.sqlName() + "(text) -> " + kind.sqlName() + " stable",
                    (arguments, calls) -> {
                        try {
                            Object text = arguments[0];
                            return text == null
                                    ? null
                                    : Casts.find(SqlType.TEXT, type, true).apply(text, calls);
                        } catch (SqlException noSuchObject) {
                            return null;
                        }
                    });
        }
        to.general(
                "pg_get_userbyid(oid) -> name stable",
                (arguments, calls) -> Owners.name(number(arguments, 0), calls.catalog()));
        to.define(
                "parse_ident(text) -> text[]",
                (String text) -> new ArrayList<Object>(QualifiedNames.split(text)));
        to.define(
                "parse_ident(text, bool) -> text[]",
                (String text, Boolean strict) -> new ArrayList<Object>(QualifiedNames.split(text)));
    }

    private static long number(@Nullable Object[] arguments, int index) {
        return arguments[index] instanceof Long number ? number : 0;
    }

    // Types ------------------------------------------------------------------------------------

    private static void types(Definitions to) {
        to.general(
                "format_type(oid, int4) -> text lenient",
                (arguments, calls) -> {
                    if (arguments[0] == null) {
                        return null;
                    }
                    int oid = (int) number(arguments, 0);
                    int modifier = arguments[1] == null ? -1 : (int) number(arguments, 1);
                    SqlType type = TypeOids.type(oid);
                    return type == null ? oid == 0 ? "-" : "???" : formatted(type, modifier);
                });
        to.typed(
                "pg_collation_for(any) -> text stable lenient",
                (types, result) -> {
                    String collation = types.getFirst().kind().isString() ? "\"default\"" : null;
                    return (arguments, calls) -> collation;
                });
    }

    private static String formatted(SqlType type, int modifier) {
        SqlType element = type.element();
        if (element != null) {
            return formatted(element, modifier) + "[]";
        }
        if (modifier < 4) {
            return type.kind() == TypeKind.CHAR ? "bpchar" : type.kind().sqlName();
        }
        int packed = modifier - 4;
        return switch (type.kind()) {
            case VARCHAR, CHAR -> type.kind().sqlName() + "(" + packed + ")";
            case NUMERIC -> "numeric(" + (packed >> 16) + "," + (packed & 0x7FF) + ")";
            default -> type.kind().sqlName();
        };
    }

    // Definitions ------------------------------------------------------------------------------

    private static void definitions(Definitions to) {
        // Expressions are kept as text, which PostgreSQL's pg_node_tree is here.
        to.define("pg_get_expr(text, oid) -> text stable", (String text, Long relation) -> text);
        to.define(
                "pg_get_expr(text, oid, bool) -> text stable",
                (String text, Long relation, Boolean pretty) -> text);
        to.general(
                "pg_get_indexdef(oid) -> text stable",
                (arguments, calls) -> indexDefinition(arguments, 0, calls.catalog()));
        to.general(
                "pg_get_indexdef(oid, int4, bool) -> text stable",
                (arguments, calls) ->
                        indexDefinition(arguments, number(arguments, 1), calls.catalog()));
        to.general(
                "pg_get_function_arguments(oid) -> text stable",
                CatalogFunctions::procedureArguments);
        to.general(
                "pg_get_function_identity_arguments(oid) -> text stable",
                CatalogFunctions::procedureArguments);
        to.general("pg_get_constraintdef(oid) -> text stable", CatalogFunctions::constraint);
        to.general("pg_get_constraintdef(oid, bool) -> text stable", CatalogFunctions::constraint);
    }

    /** As PostgreSQL shows a procedure's parameters that have no names. */
    private static @Nullable String procedureArguments(
            @Nullable Object[] arguments, CallContext calls) {
        long oid = number(arguments, 0);
        return calls.catalog().procedures().stream()
                .filter(procedure -> procedure.oid() == oid)
                .findFirst()
                .map(procedure ->
                        procedure.parameterTypes().stream()
                                .map(type -> "IN " + formatted(type, -1))
                                .collect(Collectors.joining(", ")))
                .orElse(null);
    }

    private static @Nullable String indexDefinition(
            @Nullable Object[] arguments, long column, Catalog catalog) {
        CatalogObjects.IndexObject index =
                CatalogObjects.index((int) number(arguments, 0), catalog);
        if (index == null) {
            return null;
        }
        if (column == 0) {
            return index.definition();
        }
        return column < 0 || column > index.columns().size()
                ? ""
                : CatalogObjects.columnName(index.table(), index.columns().get((int) column - 1));
    }

    private static @Nullable Object constraint(@Nullable Object[] arguments, CallContext calls) {
        CatalogObjects.ConstraintObject constraint =
                CatalogObjects.constraint((int) number(arguments, 0), calls.catalog());
        return constraint == null ? null : constraint.definition();
    }

    // Visibility -------------------------------------------------------------------------------

    private static void visibility(Definitions to) {
        to.general(
                "pg_table_is_visible(oid) -> bool stable",
                (arguments, calls) -> {
                    String name = ObjectNames.relationName(number(arguments, 0), calls.catalog());
                    return name == null ? null : (Object) !name.startsWith("information_schema.");
                });
        for (String kind :
                List.of(
                        "type",
                        "function",
                        "operator",
                        "opclass",
                        "opfamily",
                        "collation",
                        "conversion",
                        "ts_config",
                        "ts_dict",
                        "ts_parser",
                        "ts_template",
                        "statistics_obj")) {
            to.define("pg_" + kind + "_is_visible(oid) -> bool stable", (Long oid) -> true);
        }
    }

    /** About comments, and kinds of object that there are none of. */
    private static void absent(Definitions to) {
        for (String signature :
                List.of(
                        "obj_description(oid)",
                        "obj_description(oid, name)",
                        "col_description(oid, int4)",
                        "shobj_description(oid, name)",
                        "pg_get_serial_sequence(text, text)")) {
            to.general(signature + " -> text stable", (arguments, calls) -> null);
        }
        for (String name :
                List.of(
                        "pg_get_viewdef",
                        "pg_get_triggerdef",
                        "pg_get_ruledef",
                        "pg_get_functiondef",
                        "pg_get_function_result",
                        "pg_get_function_sqlbody",
                        "pg_get_partkeydef",
                        "pg_get_statisticsobjdef",
                        "pg_get_statisticsobjdef_columns",
                        "pg_get_partition_constraintdef")) {
            to.general(name + "(oid) -> text stable", (arguments, calls) -> null);
            to.general(name + "(oid, bool) -> text stable", (arguments, calls) -> null);
        }
        to.define("pg_tablespace_location(oid) -> text stable", (Long oid) -> "");
        to.define("pg_relation_is_publishable(regclass) -> bool stable", (Long oid) -> false);
        for (String counter :
                List.of("numscans", "tuples_inserted", "live_tuples", "dead_tuples")) {
            to.general(
                    "pg_stat_get_" + counter + "(oid) -> int8 stable", (arguments, calls) -> null);
        }
    }

    // Rows -------------------------------------------------------------------------------------

    private static void sets(Definitions to) {
        SqlType text = SqlType.TEXT;
        to.table(
                "pg_get_keywords() -> record",
                List.of("word", "catcode", "barelabel", "catdesc", "baredesc"),
                List.of(text, SqlType.INTERNAL_CHAR, SqlType.BOOLEAN, text, text),
                (arguments, calls) ->
                        Arrays.stream(Keyword.values()).map(CatalogFunctions::keyword).iterator());
        to.table(
                "pg_options_to_table(text[]) -> record",
                List.of("option_name", "option_value"),
                List.of(text, text),
                (arguments, calls) -> options(arguments[0]));
        to.set(
                "pg_partition_ancestors(regclass) -> regclass",
                (arguments, calls) ->
                        List.<@Nullable Object[]>of(new @Nullable Object[] {arguments[0]})
                                .iterator());
        for (String element : List.of("int2", "int4", "int8", "oid", "text", "name")) {
            to.table(
                    "_pg_expandarray(" + element + "[]) -> record",
                    List.of("x", "n"),
                    List.of(typeOf(element), SqlType.INTEGER),
                    (arguments, calls) -> numbered(arguments[0]));
        }
    }

    private static SqlType typeOf(String name) {
        return switch (name) {
            case "int2" -> SqlType.SMALLINT;
            case "int4" -> SqlType.INTEGER;
            case "int8" -> SqlType.BIGINT;
            case "oid" -> SqlType.OID;
            case "name" -> SqlType.NAME;
            default -> SqlType.TEXT;
        };
    }

    private static Iterator<@Nullable Object[]> numbered(@Nullable Object array) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (array instanceof List<?> list) {
            for (Object element : list) {
                rows.add(new @Nullable Object[] {element, rows.size() + 1L});
            }
        }
        return rows.iterator();
    }

    private static Iterator<@Nullable Object[]> options(@Nullable Object array) {
        if (!(array instanceof List<?> list)) {
            return Collections.emptyIterator();
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Object option : list) {
            String words = String.valueOf(option);
            int equals = words.indexOf('=');
            rows.add(
                    equals < 0
                            ? new @Nullable Object[] {words, null}
                            : new @Nullable Object[] {
                                words.substring(0, equals), words.substring(equals + 1)
                            });
        }
        return rows.iterator();
    }

    private static @Nullable Object[] keyword(Keyword keyword) {
        return switch (keyword.category()) {
            case UNRESERVED -> keyword(keyword, "U", "unreserved");
            case COLUMN_NAME ->
                    keyword(keyword, "C", "unreserved (cannot be function or type name)");
            case TYPE_OR_FUNCTION_NAME ->
                    keyword(keyword, "T", "reserved (can be function or type name)");
            case RESERVED -> keyword(keyword, "R", "reserved");
        };
    }

    private static @Nullable Object[] keyword(Keyword keyword, String code, String description) {
        return new @Nullable Object[] {
            keyword.word(),
            code,
            keyword.isBareLabel(),
            description,
            keyword.isBareLabel() ? "can be bare label" : "requires AS"
        };
    }
}
