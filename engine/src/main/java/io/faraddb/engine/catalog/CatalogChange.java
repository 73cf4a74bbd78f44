package io.faraddb.engine.catalog;

import java.util.List;

/** One step from a catalog to the next. Definitions are replaced whole. */
public sealed interface CatalogChange {

    /** Adds a table or replaces the one with its oid. */
    record PutTable(TableDef table) implements CatalogChange {}

    record DropTable(int oid) implements CatalogChange {}

    /** Adds a procedure or replaces the one with its name. */
    record PutProcedure(ProcedureDef procedure) implements CatalogChange {}

    record DropProcedure(String name) implements CatalogChange {}

    record PutJar(JarDef jar) implements CatalogChange {}

    record DropJar(String name) implements CatalogChange {}

    record PutUser(UserDef user) implements CatalogChange {}

    record DropUser(String name) implements CatalogChange {}

    /** Several as one. */
    record All(List<CatalogChange> changes) implements CatalogChange {
        public All {
            changes = List.copyOf(changes);
        }
    }
}
