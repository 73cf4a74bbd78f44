package io.faraddb.engine.sql.system;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.ObjectNames;
import io.faraddb.engine.sql.function.SystemRelations;
import io.faraddb.engine.sql.function.SystemRelations.SystemRelation;
import io.faraddb.engine.sql.system.CatalogObjects.IndexObject;
import io.faraddb.engine.type.SqlType;
import io.faraddb.engine.type.TypeKind;
import io.faraddb.engine.type.TypeOids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** pg_class, pg_attribute, pg_attrdef, and the views over them. */
final class RelationTables {

    private static final long PUBLIC = 2200;
    private static final long HEAP = 2;
    private static final long BTREE = 403;

    /** Numbers of defaults in pg_attrdef lie above those of tables. */
    private static final int DEFAULT_OIDS = 0x7000_0000;

    private static final int COLUMNS_PER_TABLE = 2_048;

    private RelationTables() {}

    static void register(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_class", RelationTables::classes);
        sources.put("pg_catalog.pg_attribute", RelationTables::attributes);
        sources.put("pg_catalog.pg_attrdef", RelationTables::defaults);
        sources.put("pg_catalog.pg_tables", RelationTables::tables);
        sources.put("pg_catalog.pg_stat_user_tables", RelationTables::statistics);
        sources.put("pg_catalog.pg_stat_all_tables", RelationTables::statistics);
    }

    // pg_class ---------------------------------------------------------------------------------

    private static List<SystemRow> classes(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        Catalog catalog = calls.catalog();
        long owner = Owners.oid(catalog);
        for (TableDef table : catalog.tables()) {
            List<IndexObject> indexes = CatalogObjects.indexes(table);
            rows.add(
                    common(relation, table.oid(), table.name(), "r", owner)
                            .set("relnamespace", PUBLIC)
                            .set("relam", HEAP)
                            .set("reltuples", -1f)
                            .set("relhasindex", !indexes.isEmpty())
                            .set("relnatts", table.columns().size())
                            .set("relchecks", table.checks().size())
                            .set("relreplident", "d"));
            for (IndexObject index : indexes) {
                rows.add(
                        common(relation, index.oid(), index.name(), "i", owner)
                                .set("relnamespace", PUBLIC)
                                .set("relam", BTREE)
                                .set("relnatts", index.columns().size())
                                .set("relreplident", "n"));
            }
        }
        for (SystemRelation system : SystemRelations.all()) {
            rows.add(
                    common(relation, system.oid(), system.name(), system.kind(), Owners.BOOTSTRAP)
                            .set("relnamespace", schemaOid(system))
                            .set("relam", system.kind().equals("r") ? HEAP : 0L)
                            .set("relnatts", system.columns().size())
                            .set("relreplident", "n"));
        }
        return rows;
    }

    private static Long schemaOid(SystemRelation system) {
        return ObjectNames.schemas().getOrDefault(system.schema(), 0L);
    }

    private static SystemRow common(
            SystemRelation relation, int oid, String name, String kind, long owner) {
        return SystemRow.of(relation)
                .set("oid", oid)
                .set("relname", name)
                .set("relkind", kind)
                .set("relowner", owner)
                .set("relfilenode", oid)
                .set("relpersistence", "p")
                .set("relispopulated", true);
    }

    // pg_attribute -----------------------------------------------------------------------------

    private static List<SystemRow> attributes(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            for (int i = 0; i < table.columns().size(); i++) {
                ColumnDef column = table.columns().get(i);
                String name =
                        column.dropped()
                                ? "........pg.dropped." + (i + 1) + "........"
                                : column.name();
                rows.add(
                        attribute(relation, table.oid(), name, i, column.type())
                                .set("attnotnull", column.notNull())
                                .set("atthasdef", column.defaultText() != null)
                                .set("atthasmissing", column.missingValue() != null)
                                .set("attisdropped", column.dropped()));
            }
            for (IndexObject index : CatalogObjects.indexes(table)) {
                for (int i = 0; i < index.columns().size(); i++) {
                    ColumnDef column = table.columns().get(index.columns().get(i));
                    rows.add(attribute(relation, index.oid(), column.name(), i, column.type()));
                }
            }
        }
        for (SystemRelation system : SystemRelations.all()) {
            for (int i = 0; i < system.columns().size(); i++) {
                rows.add(
                        attribute(
                                relation,
                                system.oid(),
                                system.columns().get(i),
                                i,
                                system.types().get(i)));
            }
        }
        return rows;
    }

    private static SystemRow attribute(
            SystemRelation relation, int oid, String name, int place, SqlType type) {
        boolean wide = TypeOids.length(type) < 0;
        return SystemRow.of(relation)
                .set("attrelid", oid)
                .set("attname", name)
                .set("atttypid", TypeOids.oid(type))
                .set("attstattarget", -1)
                .set("attlen", TypeOids.length(type))
                .set("attnum", place + 1)
                .set("attndims", type.kind() == TypeKind.ARRAY ? 1 : 0)
                .set("attcacheoff", -1)
                .set("atttypmod", modifier(type))
                .set("attbyval", !wide)
                .set("attalign", "i")
                .set("attstorage", wide ? "x" : "p")
                .set("attislocal", true)
                .set("attcollation", type.kind().isString() ? 100 : 0);
    }

    private static int modifier(SqlType type) {
        SqlType element = type.element();
        return element == null ? type.typeModifier() : modifier(element);
    }

    private static List<SystemRow> defaults(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            for (int column : table.visibleColumns()) {
                String text = table.columns().get(column).defaultText();
                if (text != null) {
                    int number =
                            (table.oid() - Catalog.FIRST_USER_OID) * COLUMNS_PER_TABLE + column;
                    rows.add(
                            SystemRow.of(relation)
                                    .set("oid", DEFAULT_OIDS + number)
                                    .set("adrelid", table.oid())
                                    .set("adnum", column + 1)
                                    .set("adbin", text));
                }
            }
        }
        return rows;
    }

    // Views ------------------------------------------------------------------------------------

    private static List<SystemRow> tables(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        String owner = Owners.name(Owners.oid(calls.catalog()), calls.catalog());
        for (TableDef table : calls.catalog().tables()) {
            rows.add(
                    SystemRow.of(relation)
                            .set("schemaname", "public")
                            .set("tablename", table.name())
                            .set("tableowner", owner)
                            .set("hasindexes", !CatalogObjects.indexes(table).isEmpty()));
        }
        for (SystemRelation system : SystemRelations.all()) {
            if (system.kind().equals("r")) {
                rows.add(
                        SystemRow.of(relation)
                                .set("schemaname", system.schema())
                                .set("tablename", system.name())
                                .set("tableowner", owner));
            }
        }
        return rows;
    }

    private static List<SystemRow> statistics(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            rows.add(
                    SystemRow.of(relation)
                            .set("relid", table.oid())
                            .set("schemaname", "public")
                            .set("relname", table.name()));
        }
        return rows;
    }
}
