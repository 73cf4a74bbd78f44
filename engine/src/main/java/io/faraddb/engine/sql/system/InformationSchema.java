package io.faraddb.engine.sql.system;

import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.ObjectNames;
import io.faraddb.engine.sql.function.SystemRelations.SystemRelation;
import io.faraddb.engine.sql.system.CatalogObjects.ConstraintObject;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The views of information_schema. */
final class InformationSchema {

    private static final String PUBLIC = "public";

    private InformationSchema() {}

    static void register(Map<String, RowSource> sources) {
        put(sources, "information_schema_catalog_name", InformationSchema::catalogName);
        put(sources, "schemata", InformationSchema::schemata);
        put(sources, "tables", InformationSchema::tables);
        put(sources, "columns", InformationSchema::columns);
        put(sources, "table_constraints", InformationSchema::tableConstraints);
        put(sources, "key_column_usage", InformationSchema::keyColumns);
        put(sources, "constraint_column_usage", InformationSchema::constraintColumns);
        put(sources, "constraint_table_usage", InformationSchema::constraintTables);
        put(sources, "check_constraints", InformationSchema::checks);
    }

    private static void put(Map<String, RowSource> sources, String name, RowSource source) {
        sources.put("information_schema." + name, source);
    }

    private static List<SystemRow> catalogName(SystemRelation relation, CallContext calls) {
        return List.of(SystemRow.of(relation).set("catalog_name", ServerTables.DATABASE));
    }

    private static List<SystemRow> schemata(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        String owner = Owners.name(Owners.oid(calls.catalog()), calls.catalog());
        for (String schema : ObjectNames.schemas().keySet()) {
            rows.add(
                    SystemRow.of(relation)
                            .set("catalog_name", ServerTables.DATABASE)
                            .set("schema_name", schema)
                            .set("schema_owner", owner));
        }
        return rows;
    }

    // Tables and columns -----------------------------------------------------------------------

    private static SystemRow ofTable(SystemRelation relation, TableDef table) {
        return SystemRow.of(relation)
                .set("table_catalog", ServerTables.DATABASE)
                .set("table_schema", PUBLIC)
                .set("table_name", table.name());
    }

    private static List<SystemRow> tables(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            rows.add(
                    ofTable(relation, table)
                            .set("table_type", "BASE TABLE")
                            .set("is_insertable_into", "YES")
                            .set("is_typed", "NO"));
        }
        return rows;
    }

    private static List<SystemRow> columns(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            for (int place : table.visibleColumns()) {
                ColumnDef column = table.columns().get(place);
                SystemRow row =
                        ofTable(relation, table)
                                .set("column_name", column.name())
                                .set("ordinal_position", place + 1)
                                .set("column_default", column.defaultText())
                                .set("is_nullable", column.notNull() ? "NO" : "YES")
                                .set("udt_catalog", ServerTables.DATABASE)
                                .set("udt_schema", "pg_catalog")
                                .set("udt_name", ServerFunctions.typeName(column.type()))
                                .set("dtd_identifier", Integer.toString(place + 1))
                                .set("is_self_referencing", "NO")
                                .set("is_identity", "NO")
                                .set("identity_cycle", "NO")
                                .set("is_generated", "NEVER")
                                .set("is_updatable", "YES");
                rows.add(typed(row, column.type()));
            }
        }
        return rows;
    }

    private static SystemRow typed(SystemRow row, SqlType type) {
        boolean array = type.kind() == TypeKind.ARRAY;
        return row.set("data_type", array ? "ARRAY" : type.kind().sqlName())
                .set("character_maximum_length", type.length() < 0 ? null : type.length())
                .set("character_octet_length", octets(type))
                .set("numeric_precision", precision(type))
                .set("numeric_precision_radix", radix(type))
                .set("numeric_scale", scale(type))
                .set("datetime_precision", datetimePrecision(type))
                .set("interval_precision", null)
                .set("maximum_cardinality", null);
    }

    private static @Nullable Object octets(SqlType type) {
        return switch (type.kind()) {
            case TEXT -> 1_073_741_824;
            case VARCHAR, CHAR -> type.length() < 0 ? 1_073_741_824 : type.length() * 4;
            default -> null;
        };
    }

    private static @Nullable Object precision(SqlType type) {
        return switch (type.kind()) {
            case SMALLINT -> 16;
            case INTEGER -> 32;
            case BIGINT -> 64;
            case REAL -> 24;
            case DOUBLE -> 53;
            case NUMERIC -> type.precision() < 0 ? null : (Object) type.precision();
            default -> null;
        };
    }

    private static @Nullable Object radix(SqlType type) {
        if (type.kind() == TypeKind.NUMERIC) {
            return 10;
        }
        return type.kind().isNumber() ? (Object) 2 : null;
    }

    private static @Nullable Object scale(SqlType type) {
        if (type.kind().isInteger()) {
            return 0;
        }
        return type.kind() == TypeKind.NUMERIC && type.scale() >= 0 ? (Object) type.scale() : null;
    }

    private static @Nullable Object datetimePrecision(SqlType type) {
        return switch (type.kind()) {
            case DATE -> 0;
            case TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> 6;
            default -> null;
        };
    }

    // Constraints ------------------------------------------------------------------------------

    private static SystemRow ofConstraint(SystemRelation relation, ConstraintObject constraint) {
        return SystemRow.of(relation)
                .set("constraint_catalog", ServerTables.DATABASE)
                .set("constraint_schema", PUBLIC)
                .set("constraint_name", constraint.name());
    }

    private static SystemRow ofConstraintAndTable(
            SystemRelation relation, ConstraintObject constraint) {
        return ofConstraint(relation, constraint)
                .set("table_catalog", ServerTables.DATABASE)
                .set("table_schema", PUBLIC)
                .set("table_name", constraint.table().name());
    }

    private static List<ConstraintObject> constraints(CallContext calls) {
        List<ConstraintObject> constraints = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            constraints.addAll(CatalogObjects.constraints(table));
        }
        return constraints;
    }

    private static List<SystemRow> tableConstraints(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (ConstraintObject constraint : constraints(calls)) {
            String type =
                    switch (constraint.type()) {
                        case "p" -> "PRIMARY KEY";
                        case "u" -> "UNIQUE";
                        default -> "CHECK";
                    };
            rows.add(
                    ofConstraintAndTable(relation, constraint)
                            .set("constraint_type", type)
                            .set("is_deferrable", "NO")
                            .set("initially_deferred", "NO")
                            .set("enforced", "YES")
                            .set("nulls_distinct", type.equals("UNIQUE") ? "YES" : null));
        }
        return rows;
    }

    private static List<SystemRow> keyColumns(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (ConstraintObject constraint : constraints(calls)) {
            if (constraint.type().equals("c")) {
                continue;
            }
            for (int i = 0; i < constraint.columns().size(); i++) {
                rows.add(
                        ofConstraintAndTable(relation, constraint)
                                .set("column_name", columnName(constraint, i))
                                .set("ordinal_position", i + 1)
                                .set("position_in_unique_constraint", null));
            }
        }
        return rows;
    }

    private static String columnName(ConstraintObject constraint, int index) {
        return constraint.table().columns().get(constraint.columns().get(index)).name();
    }

    private static List<SystemRow> constraintColumns(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (ConstraintObject constraint : constraints(calls)) {
            for (int i = 0; i < constraint.columns().size(); i++) {
                rows.add(
                        ofConstraintAndTable(relation, constraint)
                                .set("column_name", columnName(constraint, i)));
            }
        }
        return rows;
    }

    private static List<SystemRow> constraintTables(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (ConstraintObject constraint : constraints(calls)) {
            if (!constraint.type().equals("c")) {
                rows.add(ofConstraintAndTable(relation, constraint));
            }
        }
        return rows;
    }

    private static List<SystemRow> checks(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (ConstraintObject constraint : constraints(calls)) {
            if (constraint.expression() != null) {
                rows.add(
                        ofConstraint(relation, constraint)
                                .set("check_clause", "(" + constraint.expression() + ")"));
            }
        }
        return rows;
    }
}
