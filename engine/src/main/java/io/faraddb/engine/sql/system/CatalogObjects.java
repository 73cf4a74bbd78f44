package io.faraddb.engine.sql.system;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CheckDef;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.IndexDef.IndexColumn;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.sql.function.ObjectNames;
import io.faraddb.engine.sql.function.QualifiedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Indexes and constraints as PostgreSQL's catalog shows them: a primary key is an index and a
 * constraint there, and every constraint has a number.
 */
final class CatalogObjects {

    private static final int KEY_CONSTRAINT_OIDS = 0x5000_0000;
    private static final int CHECK_OIDS = 0x6000_0000;
    private static final int CHECKS_PER_TABLE = 1_024;

    private CatalogObjects() {}

    /**
     * An index.
     *
     * @param columns places in the table's columns
     * @param descending one for each column
     * @param definition as pg_get_indexdef prints it
     */
    record IndexObject(
            int oid,
            String name,
            TableDef table,
            List<Integer> columns,
            List<Boolean> descending,
            boolean unique,
            boolean primary,
            boolean constraint,
            String definition) {}

    /**
     * A constraint.
     *
     * @param type as pg_constraint's contype: p, u or c
     * @param indexOid of the index that keeps it; 0 without one
     * @param columns places in the table's columns
     * @param definition as pg_get_constraintdef prints it
     * @param expression of a check; null for others
     */
    record ConstraintObject(
            int oid,
            String name,
            TableDef table,
            String type,
            int indexOid,
            List<Integer> columns,
            String definition,
            @Nullable String expression) {}

    // Indexes ----------------------------------------------------------------------------------

    /** The primary key first, if there is one. */
    static List<IndexObject> indexes(TableDef table) {
        List<IndexObject> indexes = new ArrayList<>();
        if (!table.primaryKey().isEmpty()) {
            List<IndexColumn> columns =
                    table.primaryKey().stream()
                            .map(column -> new IndexColumn(column, false))
                            .toList();
            int oid = ObjectNames.primaryKeyOid(table);
            indexes.add(index(oid, table.primaryKeyName(), table, columns, true, true, true));
        }
        for (IndexDef index : table.indexes()) {
            indexes.add(
                    index(
                            index.oid(),
                            index.name(),
                            table,
                            index.columns(),
                            index.unique(),
                            false,
                            index.constraint()));
        }
        return indexes;
    }

    private static IndexObject index(
            int oid,
            String name,
            TableDef table,
            List<IndexColumn> columns,
            boolean unique,
            boolean primary,
            boolean constraint) {
        StringBuilder definition =
                new StringBuilder(unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
        definition.append(QualifiedNames.quote(name)).append(" ON public.");
        definition.append(QualifiedNames.quote(table.name())).append(" USING btree (");
        definition.append(
                columns.stream()
                        .map(column -> keyText(table, column))
                        .collect(Collectors.joining(", ")));
        definition.append(')');
        return new IndexObject(
                oid,
                name,
                table,
                columns.stream().map(IndexColumn::column).toList(),
                columns.stream().map(IndexColumn::descending).toList(),
                unique,
                primary,
                constraint,
                definition.toString());
    }

    private static String keyText(TableDef table, IndexColumn column) {
        String name = columnName(table, column.column());
        return column.descending() ? name + " DESC" : name;
    }

    /** A column's name as SQL spells it. */
    static String columnName(TableDef table, int column) {
        return QualifiedNames.quote(table.columns().get(column).name());
    }

    static @Nullable IndexObject index(int oid, Catalog catalog) {
        for (TableDef table : catalog.tables()) {
            for (IndexObject index : indexes(table)) {
                if (index.oid() == oid) {
                    return index;
                }
            }
        }
        return null;
    }

    // Constraints ------------------------------------------------------------------------------

    static List<ConstraintObject> constraints(TableDef table) {
        List<ConstraintObject> constraints = new ArrayList<>();
        for (IndexObject index : indexes(table)) {
            if (index.constraint()) {
                constraints.add(ofIndex(index));
            }
        }
        List<CheckDef> checks = table.checks();
        for (int i = 0; i < checks.size(); i++) {
            int oid =
                    CHECK_OIDS
                            + (table.oid() - Catalog.FIRST_USER_OID) * CHECKS_PER_TABLE
                            + i % CHECKS_PER_TABLE;
            CheckDef check = checks.get(i);
            constraints.add(
                    new ConstraintObject(
                            oid,
                            check.name(),
                            table,
                            "c",
                            0,
                            columnsIn(table, check.text()),
                            "CHECK ((" + check.text() + "))",
                            check.text()));
        }
        return constraints;
    }

    private static ConstraintObject ofIndex(IndexObject index) {
        String columns =
                index.columns().stream()
                        .map(column -> columnName(index.table(), column))
                        .collect(Collectors.joining(", "));
        String kind = index.primary() ? "PRIMARY KEY (" : "UNIQUE (";
        int number = index.primary() ? index.table().oid() : index.oid();
        return new ConstraintObject(
                KEY_CONSTRAINT_OIDS + number,
                index.name(),
                index.table(),
                index.primary() ? "p" : "u",
                index.oid(),
                index.columns(),
                kind + columns + ")",
                null);
    }

    /** The columns that a condition's text names, by its words. */
    private static List<Integer> columnsIn(TableDef table, String text) {
        Set<Integer> columns = new TreeSet<>();
        for (String word : text.split("[^\\p{Alnum}_$]+")) {
            int column = table.columnIndex(word.toLowerCase(Locale.ROOT));
            if (column >= 0) {
                columns.add(column);
            }
        }
        return List.copyOf(columns);
    }

    static @Nullable ConstraintObject constraint(int oid, Catalog catalog) {
        for (TableDef table : catalog.tables()) {
            for (ConstraintObject constraint : constraints(table)) {
                if (constraint.oid() == oid) {
                    return constraint;
                }
            }
        }
        return null;
    }
}
