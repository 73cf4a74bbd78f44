package io.faraddb.engine.sql.system;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.SystemRelations.SystemRelation;
import io.faraddb.engine.sql.system.CatalogObjects.ConstraintObject;
import io.faraddb.engine.sql.system.CatalogObjects.IndexObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** pg_index, pg_constraint, pg_indexes. */
final class IndexTables {

    private IndexTables() {}

    static void register(Map<String, RowSource> sources) {
        sources.put("pg_catalog.pg_index", IndexTables::indexes);
        sources.put("pg_catalog.pg_constraint", IndexTables::constraints);
        sources.put("pg_catalog.pg_indexes", IndexTables::definitions);
    }

    /** Places of columns as attnum counts them. */
    private static List<Object> numbers(List<Integer> columns) {
        List<Object> numbers = new ArrayList<>();
        for (int column : columns) {
            numbers.add(column + 1L);
        }
        return numbers;
    }

    private static List<SystemRow> indexes(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            for (IndexObject index : CatalogObjects.indexes(table)) {
                int width = index.columns().size();
                List<Object> options = new ArrayList<>();
                // Bits: descending, nulls first.
                index.descending().forEach(descending -> options.add(descending ? 3L : 0L));
                rows.add(
                        SystemRow.of(relation)
                                .set("indexrelid", index.oid())
                                .set("indrelid", table.oid())
                                .set("indnatts", width)
                                .set("indnkeyatts", width)
                                .set("indisunique", index.unique())
                                .set("indisprimary", index.primary())
                                .set("indimmediate", true)
                                .set("indisvalid", true)
                                .set("indisready", true)
                                .set("indislive", true)
                                .set("indkey", numbers(index.columns()))
                                .set("indcollation", Collections.nCopies(width, 0L))
                                .set("indclass", Collections.nCopies(width, 0L))
                                .set("indoption", options));
            }
        }
        return rows;
    }

    private static List<SystemRow> constraints(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            for (ConstraintObject constraint : CatalogObjects.constraints(table)) {
                rows.add(
                        SystemRow.of(relation)
                                .set("oid", constraint.oid())
                                .set("conname", constraint.name())
                                .set("connamespace", 2200)
                                .set("contype", constraint.type())
                                .set("convalidated", true)
                                .set("conrelid", table.oid())
                                .set("conindid", constraint.indexOid())
                                .set("confupdtype", " ")
                                .set("confdeltype", " ")
                                .set("confmatchtype", " ")
                                .set("conislocal", true)
                                .set("connoinherit", !constraint.type().equals("c"))
                                .set("conkey", numbers(constraint.columns()))
                                .set("conbin", constraint.expression()));
            }
        }
        return rows;
    }

    private static List<SystemRow> definitions(SystemRelation relation, CallContext calls) {
        List<SystemRow> rows = new ArrayList<>();
        for (TableDef table : calls.catalog().tables()) {
            for (IndexObject index : CatalogObjects.indexes(table)) {
                rows.add(
                        SystemRow.of(relation)
                                .set("schemaname", "public")
                                .set("tablename", table.name())
                                .set("indexname", index.name())
                                .set("indexdef", index.definition()));
            }
        }
        return rows;
    }
}
