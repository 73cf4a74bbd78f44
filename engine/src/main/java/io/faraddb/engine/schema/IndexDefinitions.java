package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.sql.parse.ast.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Indexes as statements define and name them. */
final class IndexDefinitions {

    private static final Set<String> METHODS = Set.of("btree");

    private IndexDefinitions() {}

    /** An index and its table. */
    record Found(TableDef table, IndexDef index) {}

    static IndexDef of(Definition.CreateIndex create, TableDef table, Catalog catalog) {
        String method = create.method();
        if (method != null && !METHODS.contains(method)) {
            throw SqlException.unsupported("index method " + method).at(create.position());
        }
        if (create.where() != null) {
            throw SqlException.unsupported("a partial index (WHERE)").at(create.position());
        }
        if (!create.include().isEmpty()) {
            throw SqlException.unsupported("INCLUDE of an index").at(create.position());
        }
        List<IndexDef.IndexColumn> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Query.SortItem key : create.keys()) {
            columns.add(column(key, table));
            names.add(table.columns().get(columns.getLast().column()).name());
        }
        String given = create.name();
        String name =
                given != null
                        ? given
                        : free(table.name() + "_" + String.join("_", names) + "_idx", catalog);
        return new IndexDef(catalog.nextOid(), name, columns, create.unique(), false);
    }

    private static String free(String stem, Catalog catalog) {
        String name = stem;
        for (int i = 1; find(name, catalog) != null || catalog.table(name) != null; i++) {
            name = stem + i;
        }
        return name;
    }

    private static IndexDef.IndexColumn column(Query.SortItem key, TableDef table) {
        if (!(key.expression() instanceof Expression.ColumnReference column)
                || column.names().size() != 1) {
            throw SqlException.unsupported("an index on an expression").at(key.position());
        }
        boolean otherNulls =
                key.nulls() != Query.NullOrder.DEFAULT
                        && (key.nulls() == Query.NullOrder.FIRST) != key.descending();
        if (otherNulls) {
            throw SqlException.unsupported("NULLS FIRST or LAST against an index's direction")
                    .at(key.position());
        }
        int place = table.columnIndex(column.names().getFirst());
        if (place < 0) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \"" + column.names().getFirst() + "\" does not exist")
                    .at(key.position());
        }
        return new IndexDef.IndexColumn(place, key.descending());
    }

    static @Nullable Found find(String name, Catalog catalog) {
        for (TableDef table : catalog.tables()) {
            for (IndexDef index : table.indexes()) {
                if (index.name().equals(name)) {
                    return new Found(table, index);
                }
            }
        }
        return null;
    }

    private static Found present(@Nullable Found found, QualifiedName name) {
        if (found == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT,
                            "index \"" + name.name() + "\" does not exist")
                    .at(name.position());
        }
        return found;
    }

    static CatalogChange drop(@Nullable Found found, QualifiedName name) {
        Found there = present(found, name);
        if (there.index().constraint()) {
            throw new SqlException(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop index %s because constraint %s on table %s requires it"
                                    .formatted(name.name(), name.name(), there.table().name()))
                    .hint("You can drop constraint " + name.name() + " on the table instead.");
        }
        return without(there);
    }

    static CatalogChange without(Found found) {
        List<IndexDef> left = new ArrayList<>(found.table().indexes());
        left.remove(found.index());
        return new CatalogChange.PutTable(found.table().withIndexes(left));
    }

    static CatalogChange rename(@Nullable Found found, QualifiedName name, String newName) {
        Found there = present(found, name);
        List<IndexDef> indexes = new ArrayList<>(there.table().indexes());
        IndexDef old = there.index();
        indexes.set(
                indexes.indexOf(old),
                new IndexDef(old.oid(), newName, old.columns(), old.unique(), old.constraint()));
        return new CatalogChange.PutTable(there.table().withIndexes(indexes));
    }
}
