package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.CheckDef;
import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.bind.BoundStatement;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.exec.Evaluator;
import io.faraddb.engine.sql.exec.Execution;
import io.faraddb.engine.sql.exec.ExpressionCompiler;
import io.faraddb.engine.sql.exec.Frame;
import io.faraddb.engine.sql.parse.SqlParser;
import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.Definition.TableAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One ALTER TABLE: its actions one after the other, each durable when the next begins. */
final class TableAlteration {

    private final SchemaChanges changes;
    private final Object owner;
    private final SchemaChanges.Context context;
    private final RowInspection rows;
    private Catalog catalog;

    /**
     * @param owner the token under which rows are written
     */
    TableAlteration(
            SchemaChanges changes, Catalog catalog, Object owner, SchemaChanges.Context context) {
        this.changes = changes;
        this.catalog = catalog;
        this.owner = owner;
        this.context = context;
        this.rows = new RowInspection(changes.transactions());
    }

    void run(TableDef table, List<TableAction> actions) {
        int oid = table.oid();
        String name = table.name();
        for (TableAction action : actions) {
            TableDef current = catalog.table(oid);
            // Adding a primary key makes the table anew, under its old name.
            current = current == null ? catalog.table(name) : current;
            if (current == null) {
                throw new SqlException(
                        ErrorCode.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist");
            }
            run(current, action);
            TableDef now = catalog.table(name);
            oid = now == null ? oid : now.oid();
        }
    }

    private void put(TableDef table) {
        catalog = changes.commit(new CatalogChange.PutTable(table));
    }

    private void run(TableDef table, TableAction action) {
        switch (action) {
            case Definition.AddColumn add -> addColumn(table, add);
            case Definition.DropColumn drop -> dropColumn(table, drop);
            case Definition.AddConstraint add -> addConstraint(table, add.constraint());
            case Definition.DropConstraint drop -> dropConstraint(table, drop);
            case Definition.RenameTable rename -> {
                UnfinishedChanges.requireFree(rename.newName(), rename.position());
                SchemaChanges.requireUnused(rename.newName(), catalog, rename.position());
                put(table.withName(rename.newName()));
            }
            case Definition.RenameColumn rename -> renameColumn(table, rename);
            case Definition.AlterColumnDefault change -> columnDefault(table, change);
            case Definition.AlterColumnNullability change -> nullability(table, change);
            case Definition.SetTableOptions set ->
                    set.options().forEach(SchemaOptions::requireHarmless);
            case Definition.OwnerTo ownerTo ->
                    throw SqlException.unsupported("ALTER TABLE OWNER TO").at(ownerTo.position());
            case Definition.AlterColumnType change ->
                    throw SqlException.unsupported("ALTER COLUMN TYPE").at(change.position());
            case Definition.RenameConstraint rename ->
                    throw SqlException.unsupported("RENAME CONSTRAINT").at(rename.position());
            case Definition.UnsupportedAction other ->
                    throw SqlException.unsupported(other.name()).at(other.position());
        }
    }

    private static int place(TableDef table, String column, int position) {
        int place = table.columnIndex(column);
        if (place < 0) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \"%s\" of relation \"%s\" does not exist"
                                    .formatted(column, table.name()))
                    .at(position);
        }
        return place;
    }

    private void addColumn(TableDef table, Definition.AddColumn add) {
        Definition.ColumnDefinition definition = add.column();
        if (table.columnIndex(definition.name()) >= 0) {
            if (add.ifNotExists()) {
                context.notice(
                        ErrorCode.DUPLICATE_COLUMN,
                        "column \"%s\" of relation \"%s\" already exists, skipping"
                                .formatted(definition.name(), table.name()));
                return;
            }
            throw new SqlException(
                            ErrorCode.DUPLICATE_COLUMN,
                            "column \"%s\" of relation \"%s\" already exists"
                                    .formatted(definition.name(), table.name()))
                    .at(definition.position());
        }
        ColumnDef column = TableDraft.columnOf(definition);
        Object value = constant(column);
        if (column.notNull() && value == null && !rows.isEmpty(table)) {
            throw new SqlException(
                    ErrorCode.NOT_NULL_VIOLATION,
                    "column \"%s\" of relation \"%s\" contains null values"
                            .formatted(column.name(), table.name()));
        }
        List<ColumnDef> columns = new ArrayList<>(table.columns());
        columns.add(
                new ColumnDef(
                        column.name(),
                        column.type(),
                        column.notNull(),
                        column.defaultText(),
                        value,
                        false));
        put(table.withColumns(columns));
        for (Definition.Constraint constraint : definition.constraints()) {
            TableDef now =
                    SchemaChanges.table(
                            io.faraddb.engine.sql.parse.ast.QualifiedName.of(table.name(), 0),
                            catalog);
            switch (constraint) {
                case Definition.UniqueKey key ->
                        addConstraint(
                                now,
                                new Definition.UniqueKey(
                                        key.name(),
                                        key.primary(),
                                        List.of(column.name()),
                                        key.include(),
                                        key.existingIndex(),
                                        key.position()));
                case Definition.Check check -> addConstraint(now, check);
                case Definition.NotNull notNull -> {}
                case Definition.Nullability nullable -> {}
                case Definition.DefaultClause given -> {}
                default -> TableDraft.refuse(constraint);
            }
        }
    }

    /** What rows that are there already have in a new column. */
    private @Nullable Object constant(ColumnDef column) {
        String text = column.defaultText();
        if (text == null) {
            return null;
        }
        Scalar bound =
                changes.binder()
                        .bindDefault(
                                SqlParser.parseExpression(text),
                                column.type(),
                                column.name(),
                                catalog);
        Evaluator evaluator = compiler().compile(bound);
        return evaluator.value(frame());
    }

    private static ExpressionCompiler compiler() {
        return new ExpressionCompiler(query -> {
            throw SqlException.unsupported("a subquery in DEFAULT or CHECK");
        });
    }

    private Frame frame() {
        return Frame.of(
                new Execution(
                        context.calls(), new Object[0], changes.transactions().begin(), () -> {}));
    }

    private void dropColumn(TableDef table, Definition.DropColumn drop) {
        int found = table.columnIndex(drop.column());
        if (found < 0 && drop.ifExists()) {
            context.notice(
                    "column \"%s\" of relation \"%s\" does not exist, skipping"
                            .formatted(drop.column(), table.name()));
            return;
        }
        int place = place(table, drop.column(), drop.position());
        boolean partitions =
                table.partitioning() instanceof Partitioning.ByColumn by && by.column() == place;
        if (table.primaryKey().contains(place) || partitions) {
            throw SqlException.unsupported(
                            "dropping a column of the primary key or the partitioning column")
                    .at(drop.position());
        }
        List<ColumnDef> columns = new ArrayList<>(table.columns());
        ColumnDef old = columns.get(place);
        columns.set(
                place,
                new ColumnDef(
                        "........pg.dropped." + (place + 1) + "........",
                        old.type(),
                        false,
                        null,
                        null,
                        true));
        List<IndexDef> indexes =
                table.indexes().stream()
                        .filter(index ->
                                index.columns().stream().noneMatch(part -> part.column() == place))
                        .toList();
        TableDef next = table.withIndexes(indexes).withColumns(columns);
        put(next.withChecks(next.checks().stream().filter(check -> binds(check, next)).toList()));
    }

    /** Whether a check means something still: those of a dropped column go with it. */
    private boolean binds(CheckDef check, TableDef table) {
        try {
            changes.binder().bindChecks(table.withChecks(List.of(check)), catalog);
            return true;
        } catch (SqlException broken) {
            return false;
        }
    }

    private void addConstraint(TableDef table, Definition.Constraint constraint) {
        switch (constraint) {
            case Definition.UniqueKey key when key.primary() -> addPrimaryKey(table, key);
            case Definition.UniqueKey key -> addUnique(table, key);
            case Definition.Check check -> addCheck(table, check);
            default -> TableDraft.refuse(constraint);
        }
    }

    private void addUnique(TableDef table, Definition.UniqueKey key) {
        IndexDef index = TableDraft.uniqueIndex(table, key, catalog.nextOid());
        SchemaChanges.requireUnused(index.name(), catalog, key.position());
        catalog = new IndexBuild(changes, owner, context).add(table, index);
    }

    private void addCheck(TableDef table, Definition.Check check) {
        Set<String> taken = new HashSet<>();
        table.checks().forEach(other -> taken.add(other.name()));
        CheckDef added =
                new CheckDef(TableDraft.checkName(check, table.name(), null, taken), check.text());
        BoundStatement.Check bound =
                changes.binder().bindChecks(table.withChecks(List.of(added)), catalog).getFirst();
        Evaluator condition = compiler().compile(bound.condition());
        Frame frame = frame();
        rows.forEach(
                table,
                values -> {
                    if (Boolean.FALSE.equals(condition.value(frame.with(values)))) {
                        throw new SqlException(
                                ErrorCode.CHECK_VIOLATION,
                                "check constraint \"%s\" of relation \"%s\" is violated by some row"
                                        .formatted(added.name(), table.name()));
                    }
                });
        List<CheckDef> checks = new ArrayList<>(table.checks());
        checks.add(added);
        put(table.withChecks(checks));
    }

    private void addPrimaryKey(TableDef table, Definition.UniqueKey key) {
        if (!table.hasRowId()) {
            throw new SqlException(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "multiple primary keys for table \""
                                    + table.name()
                                    + "\" are not allowed")
                    .at(key.position());
        }
        List<Integer> places = new ArrayList<>();
        List<ColumnDef> columns = new ArrayList<>(table.columns());
        for (String name : key.columns()) {
            int place = place(table, name, key.position());
            ColumnDef old = columns.get(place);
            columns.set(
                    place,
                    new ColumnDef(
                            old.name(),
                            old.type(),
                            true,
                            old.defaultText(),
                            old.missingValue(),
                            old.dropped()));
            places.add(place);
        }
        String given = key.name();
        String name = given == null ? table.name() + "_pkey" : given;
        Partitioning partitioning =
                table.partitioning() instanceof Partitioning.ByRowId
                        ? new Partitioning.ByColumn(places.getFirst())
                        : table.partitioning();
        if (partitioning instanceof Partitioning.ByColumn by) {
            TableDraft.requireInPrimaryKey(places, by.column(), key.position());
        }
        rebuild(table, columns, places, name, partitioning);
    }

    /** Distributes the rows by another column. */
    void partitionBy(TableDef table, String column, int position) {
        int place = place(table, column, position);
        Partitioning wanted = new Partitioning.ByColumn(place);
        if (table.partitioning().equals(wanted)) {
            return;
        }
        TableDraft.requireInPrimaryKey(table.primaryKey(), place, position);
        rebuild(table, table.columns(), table.primaryKey(), table.primaryKeyName(), wanted);
    }

    private void rebuild(
            TableDef table,
            List<ColumnDef> columns,
            List<Integer> primaryKey,
            String primaryKeyName,
            Partitioning partitioning) {
        TableDef next =
                new TableDef(
                        catalog.nextOid(),
                        UnfinishedChanges.PREFIX + table.oid(),
                        columns,
                        primaryKey,
                        primaryKeyName,
                        partitioning,
                        renumbered(table.indexes(), catalog.nextOid() + 1),
                        table.checks());
        catalog = changes.commit(new CatalogChange.PutTable(next));
        try {
            new TableCopy(changes.transactions(), rows, context.calls().memory())
                    .copy(table, next, owner);
        } catch (RuntimeException failure) {
            catalog = changes.commit(new CatalogChange.DropTable(next.oid()));
            throw failure;
        }
        catalog =
                changes.commit(
                        new CatalogChange.All(
                                List.of(
                                        new CatalogChange.DropTable(table.oid()),
                                        new CatalogChange.PutTable(next.withName(table.name())))));
        next.globalIndexes().forEach(global -> SchemaChanges.noteGlobalIndex(global, context));
    }

    /** Old table and new one are there at the same time, each with entries of its indexes. */
    private static List<IndexDef> renumbered(List<IndexDef> indexes, int firstOid) {
        List<IndexDef> renumbered = new ArrayList<>();
        for (IndexDef index : indexes) {
            renumbered.add(
                    new IndexDef(
                            firstOid + renumbered.size(),
                            index.name(),
                            index.columns(),
                            index.unique(),
                            index.constraint()));
        }
        return renumbered;
    }

    private void dropConstraint(TableDef table, Definition.DropConstraint drop) {
        List<CheckDef> checks = new ArrayList<>(table.checks());
        if (checks.removeIf(check -> check.name().equals(drop.constraint()))) {
            put(table.withChecks(checks));
            return;
        }
        List<IndexDef> indexes = new ArrayList<>(table.indexes());
        if (indexes.removeIf(
                index -> index.constraint() && index.name().equals(drop.constraint()))) {
            put(table.withIndexes(indexes));
            return;
        }
        if (table.primaryKeyName().equals(drop.constraint()) && !table.hasRowId()) {
            throw SqlException.unsupported("dropping a primary key").at(drop.position());
        }
        String message =
                "constraint \"%s\" of relation \"%s\" does not exist"
                        .formatted(drop.constraint(), table.name());
        if (!drop.ifExists()) {
            throw new SqlException(ErrorCode.UNDEFINED_OBJECT, message).at(drop.position());
        }
        context.notice(message + ", skipping");
    }

    private void renameColumn(TableDef table, Definition.RenameColumn rename) {
        int place = place(table, rename.column(), rename.position());
        if (table.columnIndex(rename.newName()) >= 0) {
            throw new SqlException(
                            ErrorCode.DUPLICATE_COLUMN,
                            "column \"%s\" of relation \"%s\" already exists"
                                    .formatted(rename.newName(), table.name()))
                    .at(rename.position());
        }
        if (!table.checks().isEmpty()) {
            throw SqlException.unsupported("renaming a column of a table with CHECK constraints")
                    .hint("Drop the constraints, rename, and add them again.")
                    .at(rename.position());
        }
        ColumnDef old = table.columns().get(place);
        replace(
                table,
                place,
                new ColumnDef(
                        rename.newName(),
                        old.type(),
                        old.notNull(),
                        old.defaultText(),
                        old.missingValue(),
                        false));
    }

    private void replace(TableDef table, int place, ColumnDef column) {
        List<ColumnDef> columns = new ArrayList<>(table.columns());
        columns.set(place, column);
        put(table.withColumns(columns));
    }

    private void columnDefault(TableDef table, Definition.AlterColumnDefault change) {
        int place = place(table, change.column(), change.position());
        ColumnDef old = table.columns().get(place);
        if (change.value() != null) {
            changes.binder().bindDefault(change.value(), old.type(), old.name(), catalog);
        }
        replace(
                table,
                place,
                new ColumnDef(
                        old.name(),
                        old.type(),
                        old.notNull(),
                        change.text(),
                        old.missingValue(),
                        false));
    }

    private void nullability(TableDef table, Definition.AlterColumnNullability change) {
        int place = place(table, change.column(), change.position());
        ColumnDef old = table.columns().get(place);
        if (!change.notNull() && table.primaryKey().contains(place)) {
            throw new SqlException(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "column \"" + old.name() + "\" is in a primary key")
                    .at(change.position());
        }
        if (change.notNull() && !old.notNull()) {
            rows.forEach(
                    table,
                    values -> {
                        if (values[place] == null) {
                            throw new SqlException(
                                    ErrorCode.NOT_NULL_VIOLATION,
                                    "column \"%s\" of relation \"%s\" contains null values"
                                            .formatted(old.name(), table.name()));
                        }
                    });
        }
        replace(
                table,
                place,
                new ColumnDef(
                        old.name(),
                        old.type(),
                        change.notNull(),
                        old.defaultText(),
                        old.missingValue(),
                        false));
    }
}
