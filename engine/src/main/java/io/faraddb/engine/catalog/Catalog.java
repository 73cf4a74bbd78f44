package io.faraddb.engine.catalog;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The whole schema at one version. Immutable: a change makes the next one. */
public final class Catalog {

    /** The first oid of users' objects, as in PostgreSQL. */
    public static final int FIRST_USER_OID = 16384;

    public static final Catalog EMPTY =
            new Catalog(
                    0,
                    FIRST_USER_OID,
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>());

    private final long version;
    private final int nextOid;
    private final SortedMap<String, TableDef> tables;
    private final SortedMap<String, ProcedureDef> procedures;
    private final SortedMap<String, JarDef> jars;
    private final SortedMap<String, UserDef> users;

    Catalog(
            long version,
            int nextOid,
            SortedMap<String, TableDef> tables,
            SortedMap<String, ProcedureDef> procedures,
            SortedMap<String, JarDef> jars,
            SortedMap<String, UserDef> users) {
        this.version = version;
        this.nextOid = nextOid;
        this.tables = tables;
        this.procedures = procedures;
        this.jars = jars;
        this.users = users;
    }

    /** A catalog that was kept whole. */
    static Catalog of(long version, int nextOid, CatalogChange contents) {
        Draft draft = new Draft(EMPTY);
        draft.apply(contents);
        return new Catalog(
                version, nextOid, draft.tables, draft.procedures, draft.jars, draft.users);
    }

    /** Grows by one with every change. */
    public long version() {
        return version;
    }

    /** An oid that no object has had. A change that uses oids from here on moves it. */
    public int nextOid() {
        return nextOid;
    }

    public @Nullable TableDef table(String name) {
        return tables.get(name);
    }

    public @Nullable TableDef table(int oid) {
        for (TableDef table : tables.values()) {
            if (table.oid() == oid) {
                return table;
            }
        }
        return null;
    }

    /** In the order of their names. */
    public Collection<TableDef> tables() {
        return Collections.unmodifiableCollection(tables.values());
    }

    /** All that has rows, by oid: tables, and the entries of their global indexes. */
    public Map<Integer, TableDef> storedTables() {
        Map<Integer, TableDef> stored = new HashMap<>();
        for (TableDef table : tables.values()) {
            stored.put(table.oid(), table);
            table.globalIndexes()
                    .forEach(global -> stored.put(global.entries().oid(), global.entries()));
        }
        return stored;
    }

    public @Nullable ProcedureDef procedure(String name) {
        return procedures.get(name);
    }

    public Collection<ProcedureDef> procedures() {
        return Collections.unmodifiableCollection(procedures.values());
    }

    public @Nullable JarDef jar(String name) {
        return jars.get(name);
    }

    public Collection<JarDef> jars() {
        return Collections.unmodifiableCollection(jars.values());
    }

    public @Nullable UserDef user(String name) {
        return users.get(name);
    }

    public Collection<UserDef> users() {
        return Collections.unmodifiableCollection(users.values());
    }

    /** The catalog after a change, one version on. */
    public Catalog apply(CatalogChange change) {
        Draft draft = new Draft(this);
        draft.apply(change);
        return new Catalog(
                version + 1, draft.oid, draft.tables, draft.procedures, draft.jars, draft.users);
    }

    /** Copies to change, then to freeze. */
    private static final class Draft {
        private final TreeMap<String, TableDef> tables;
        private final TreeMap<String, ProcedureDef> procedures;
        private final TreeMap<String, JarDef> jars;
        private final TreeMap<String, UserDef> users;
        private int oid;

        Draft(Catalog from) {
            tables = new TreeMap<>(from.tables);
            procedures = new TreeMap<>(from.procedures);
            jars = new TreeMap<>(from.jars);
            users = new TreeMap<>(from.users);
            oid = from.nextOid;
        }

        void apply(CatalogChange change) {
            switch (change) {
                case CatalogChange.PutTable put -> putTable(put.table());
                case CatalogChange.DropTable drop ->
                        tables.values().removeIf(table -> table.oid() == drop.oid());
                case CatalogChange.PutProcedure put -> {
                    procedures.put(put.procedure().name(), put.procedure());
                    used(put.procedure().oid());
                }
                case CatalogChange.DropProcedure drop -> procedures.remove(drop.name());
                case CatalogChange.PutJar put -> jars.put(put.jar().name(), put.jar());
                case CatalogChange.DropJar drop -> jars.remove(drop.name());
                case CatalogChange.PutUser put -> {
                    users.put(put.user().name(), put.user());
                    used(put.user().oid());
                }
                case CatalogChange.DropUser drop -> users.remove(drop.name());
                case CatalogChange.All all -> all.changes().forEach(this::apply);
            }
        }

        private void putTable(TableDef table) {
            tables.values().removeIf(old -> old.oid() == table.oid());
            tables.put(table.name(), table);
            // Entries of a global index in the making have its oid, negated.
            used(Math.abs(table.oid()));
            table.indexes().forEach(index -> used(index.oid()));
        }

        private void used(int usedOid) {
            oid = Math.max(oid, usedOid + 1);
        }
    }
}
