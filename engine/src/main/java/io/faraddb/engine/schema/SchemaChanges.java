package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.GlobalIndex;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.JarDef;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.catalog.UserDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.sql.bind.statement.Binder;
import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.ProcedureStatement;
import io.faraddb.engine.sql.parse.ast.QualifiedName;
import io.faraddb.engine.txn.Transactions;
import io.faraddb.engine.txn.Waits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries schema changes out. Each runs alone: no transaction is under way when its catalog becomes
 * current, so no statement ever sees two schemas.
 */
public final class SchemaChanges {

    private final CatalogStore catalogs;
    private final Transactions transactions;
    private final Binder binder;
    private final Procedures procedures;

    public SchemaChanges(
            CatalogStore catalogs,
            Transactions transactions,
            Binder binder,
            Procedures procedures) {
        this.catalogs = catalogs;
        this.transactions = transactions;
        this.binder = binder;
        this.procedures = procedures;
    }

    /** What a change is told and tells. */
    public record Context(CallContext calls, Consumer<SqlException> notices) {

        void notice(String text) {
            notice(ErrorCode.SUCCESSFUL_COMPLETION, text);
        }

        void notice(ErrorCode code, String text) {
            notices.accept(new SqlException(code, text));
        }
    }

    /**
     * Runs a definition.
     *
     * @return the command tag
     */
    public String run(Definition definition, Context context) {
        return switch (definition) {
            case Definition.CreateTable create -> createTable(create, context);
            case Definition.DropTable drop -> dropTables(drop, context);
            case Definition.AlterTable alter -> alterTable(alter, context);
            case Definition.PartitionTable partition -> partitionTable(partition, context);
            case Definition.CreateIndex create -> createIndex(create, context);
            case Definition.DropIndex drop -> dropIndexes(drop, context);
            case Definition.RenameIndex rename -> renameIndex(rename, context);
            case Definition.CreateRole create -> createRole(create);
            case Definition.AlterRole alter -> alterRole(alter);
            case Definition.DropRole drop -> dropRoles(drop, context);
            case Definition.CreateTableAs create ->
                    throw SqlException.unsupported("CREATE TABLE AS")
                            .hint("Use CREATE TABLE and INSERT ... SELECT.");
            case Definition.Truncate truncate ->
                    throw SqlException.unsupported("TRUNCATE in this context");
        };
    }

    /** Runs a definition of a procedure. */
    public String run(ProcedureStatement statement, Context context) {
        ProcedureDefinitions definitions = new ProcedureDefinitions(procedures);
        return switch (statement) {
            case ProcedureStatement.CreateProcedure create ->
                    alone((catalog, owner) -> {
                        commit(definitions.create(create, catalog));
                        return "CREATE PROCEDURE";
                    });
            case ProcedureStatement.DropProcedure drop ->
                    alone((catalog, owner) -> {
                        commit(definitions.drop(drop, catalog, context));
                        return "DROP PROCEDURE";
                    });
            case ProcedureStatement.Call call ->
                    throw new IllegalArgumentException("a call is no definition");
        };
    }

    /** Loads an archive of procedures' classes, or puts a new one in its place. */
    public void loadJar(JarDef jar) {
        procedures.loader().check(jar);
        alone((catalog, owner) -> {
            commit(new CatalogChange.PutJar(jar));
            return "";
        });
    }

    /** Adds or changes a user. */
    public void putUser(String name, String verifier, boolean superuser) {
        alone((catalog, owner) -> {
            UserDef known = catalog.user(name);
            int oid = known == null ? catalog.nextOid() : known.oid();
            commit(new CatalogChange.PutUser(new UserDef(oid, name, verifier, superuser)));
            return "";
        });
    }

    /** Drops what a change left behind that a crash cut short. */
    public void undoUnfinished() {
        CatalogChange.All undo = UnfinishedChanges.undo(catalogs.current());
        if (!undo.changes().isEmpty()) {
            alone((catalog, owner) -> {
                commit(undo);
                return "";
            });
        }
    }

    /** A change at work while everything else stands still. */
    interface Alone {
        String run(Catalog catalog, Object owner);
    }

    String alone(Alone change) {
        return transactions.runAlone(owner -> change.run(catalogs.current(), owner));
    }

    /** Makes a change durable and current at every site. */
    Catalog commit(CatalogChange change) {
        Catalog next = catalogs.change(change);
        List<CompletableFuture<Void>> adopted = new ArrayList<>();
        for (SiteThread site : transactions.partitions().sites()) {
            adopted.add(site.adopt(next));
        }
        adopted.forEach(Waits::join);
        return next;
    }

    Transactions transactions() {
        return transactions;
    }

    Binder binder() {
        return binder;
    }

    static void requirePublic(QualifiedName name) {
        String schema = name.schema();
        if (schema != null && !schema.equals("public")) {
            throw new SqlException(
                            ErrorCode.INVALID_SCHEMA_NAME,
                            "schema \"" + schema + "\" does not exist")
                    .hint("All tables live in the schema public.")
                    .at(name.position());
        }
    }

    static TableDef table(QualifiedName name, Catalog catalog) {
        requirePublic(name);
        TableDef table = catalog.table(name.name());
        if (table == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_TABLE,
                            "relation \"" + name.name() + "\" does not exist")
                    .at(name.position());
        }
        return table;
    }

    static void requireUnused(String relation, Catalog catalog, int position) {
        boolean index =
                catalog.tables().stream()
                        .anyMatch(table ->
                                table.primaryKeyName().equals(relation)
                                        || table.indexes().stream()
                                                .anyMatch(i -> i.name().equals(relation)));
        if (index || catalog.table(relation) != null) {
            throw new SqlException(
                            ErrorCode.DUPLICATE_TABLE,
                            "relation \"" + relation + "\" already exists")
                    .at(position);
        }
    }

    private String createTable(Definition.CreateTable create, Context context) {
        requirePublic(create.name());
        if (create.persistence() != Definition.Persistence.PERMANENT) {
            throw SqlException.unsupported("a " + create.persistence() + " table")
                    .at(create.position());
        }
        create.options().stream()
                .filter(SchemaOptions::harmless)
                .forEach(option ->
                        context.notice(
                                "option \""
                                        + option.name()
                                        + "\" has no effect: rows live in memory"));
        return alone((catalog, owner) -> {
            if (create.ifNotExists() && catalog.table(create.name().name()) != null) {
                context.notice(
                        ErrorCode.DUPLICATE_TABLE,
                        "relation \"" + create.name().name() + "\" already exists, skipping");
                return "CREATE TABLE";
            }
            UnfinishedChanges.requireFree(create.name().name(), create.name().position());
            requireUnused(create.name().name(), catalog, create.name().position());
            TableDef table = TableDraft.of(create, catalog);
            checkExpressions(table, create, catalog);
            commit(new CatalogChange.PutTable(table));
            table.globalIndexes().forEach(global -> noteGlobalIndex(global, context));
            return "CREATE TABLE";
        });
    }

    /** Defaults and checks have to bind. */
    private void checkExpressions(TableDef table, Definition.CreateTable create, Catalog catalog) {
        for (Definition.ColumnDefinition column : create.columns()) {
            for (Definition.Constraint constraint : column.constraints()) {
                if (constraint instanceof Definition.DefaultClause value) {
                    binder.bindDefault(
                            value.value(), DeclaredTypes.of(column.type()), column.name(), catalog);
                }
            }
        }
        binder.bindChecks(table, catalog);
    }

    private String dropTables(Definition.DropTable drop, Context context) {
        return alone((catalog, owner) -> {
            List<CatalogChange> changes = new ArrayList<>();
            for (QualifiedName name : drop.names()) {
                requirePublic(name);
                TableDef table = catalog.table(name.name());
                if (table != null) {
                    changes.add(new CatalogChange.DropTable(table.oid()));
                } else if (drop.ifExists()) {
                    context.notice("table \"" + name.name() + "\" does not exist, skipping");
                } else {
                    throw new SqlException(
                                    ErrorCode.UNDEFINED_TABLE,
                                    "table \"" + name.name() + "\" does not exist")
                            .at(name.position());
                }
            }
            if (!changes.isEmpty()) {
                commit(new CatalogChange.All(changes));
            }
            return "DROP TABLE";
        });
    }

    private String alterTable(Definition.AlterTable alter, Context context) {
        return alone((catalog, owner) -> {
            requirePublic(alter.table());
            if (alter.ifExists() && catalog.table(alter.table().name()) == null) {
                context.notice(
                        "relation \"" + alter.table().name() + "\" does not exist, skipping");
                return "ALTER TABLE";
            }
            TableAlteration alteration = new TableAlteration(this, catalog, owner, context);
            alteration.run(table(alter.table(), catalog), alter.actions());
            return "ALTER TABLE";
        });
    }

    private String partitionTable(Definition.PartitionTable partition, Context context) {
        return alone((catalog, owner) -> {
            TableAlteration alteration = new TableAlteration(this, catalog, owner, context);
            alteration.partitionBy(
                    table(partition.table(), catalog), partition.column(), partition.position());
            return "PARTITION TABLE";
        });
    }

    private String createIndex(Definition.CreateIndex create, Context context) {
        return alone((catalog, owner) -> {
            TableDef table = table(create.table(), catalog);
            IndexDef index = IndexDefinitions.of(create, table, catalog);
            boolean exists =
                    catalog.tables().stream()
                            .flatMap(other -> other.indexes().stream())
                            .anyMatch(other -> other.name().equals(index.name()));
            if (exists && create.ifNotExists()) {
                context.notice(
                        ErrorCode.DUPLICATE_TABLE,
                        "relation \"" + index.name() + "\" already exists, skipping");
                return "CREATE INDEX";
            }
            requireUnused(index.name(), catalog, create.position());
            new IndexBuild(this, owner, context).add(table, index);
            return "CREATE INDEX";
        });
    }

    /** Says what a unique key costs that lacks the partitioning column. */
    static void noteGlobalIndex(GlobalIndex global, Context context) {
        context.notice(
                ("unique key \"%s\" does not contain the partitioning column: a global index"
                                + " keeps it, and writes of the key span partitions")
                        .formatted(global.index().name()));
    }

    private String dropIndexes(Definition.DropIndex drop, Context context) {
        return alone((catalog, owner) -> {
            for (QualifiedName name : drop.names()) {
                IndexDefinitions.Found found =
                        IndexDefinitions.find(name.name(), catalogs.current());
                if (found == null && drop.ifExists()) {
                    context.notice("index \"" + name.name() + "\" does not exist, skipping");
                    continue;
                }
                commit(IndexDefinitions.drop(found, name));
            }
            return "DROP INDEX";
        });
    }

    private String renameIndex(Definition.RenameIndex rename, Context context) {
        return alone((catalog, owner) -> {
            IndexDefinitions.Found found = IndexDefinitions.find(rename.index().name(), catalog);
            if (found == null && rename.ifExists()) {
                context.notice(
                        "relation \"" + rename.index().name() + "\" does not exist, skipping");
                return "ALTER INDEX";
            }
            requireUnused(rename.newName(), catalog, rename.position());
            commit(IndexDefinitions.rename(found, rename.index(), rename.newName()));
            return "ALTER INDEX";
        });
    }

    private String createRole(Definition.CreateRole create) {
        return alone((catalog, owner) -> {
            if (catalog.user(create.name()) != null) {
                throw new SqlException(
                                ErrorCode.DUPLICATE_OBJECT,
                                "role \"" + create.name() + "\" already exists")
                        .at(create.position());
            }
            commit(
                    new CatalogChange.PutUser(
                            RoleDefinitions.of(
                                    create.name(), create.options(), catalog.nextOid(), null)));
            return "CREATE ROLE";
        });
    }

    private String alterRole(Definition.AlterRole alter) {
        return alone((catalog, owner) -> {
            UserDef known = user(alter.name(), catalog, alter.position());
            commit(
                    new CatalogChange.PutUser(
                            RoleDefinitions.of(alter.name(), alter.options(), known.oid(), known)));
            return "ALTER ROLE";
        });
    }

    private static UserDef user(String name, Catalog catalog, int position) {
        UserDef known = catalog.user(name);
        if (known == null) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist")
                    .at(position);
        }
        return known;
    }

    private String dropRoles(Definition.DropRole drop, Context context) {
        return alone((catalog, owner) -> {
            for (String name : drop.names()) {
                if (drop.ifExists() && catalog.user(name) == null) {
                    context.notice("role \"" + name + "\" does not exist, skipping");
                    continue;
                }
                user(name, catalog, drop.position());
                if (name.equals("admin")) {
                    throw new SqlException(
                            ErrorCode.OBJECT_IN_USE, "role \"admin\" cannot be dropped");
                }
                commit(new CatalogChange.DropUser(name));
            }
            return "DROP ROLE";
        });
    }

    /** Whether a name means a table that users may write; for callers above. */
    public @Nullable TableDef find(QualifiedName name) {
        requirePublic(name);
        return catalogs.current().table(name.name());
    }
}
