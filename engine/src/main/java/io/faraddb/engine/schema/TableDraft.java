package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CheckDef;
import io.faraddb.engine.catalog.ColumnDef;
import io.faraddb.engine.catalog.IndexDef;
import io.faraddb.engine.catalog.Partitioning;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.sql.parse.ast.Definition;
import io.faraddb.engine.sql.parse.ast.Definition.Constraint;
import io.faraddb.engine.sql.parse.ast.Expression;
import io.faraddb.engine.type.RowLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table on its way from CREATE TABLE to its definition. */
final class TableDraft {

    private final String name;
    private final int oid;
    private int nextOid;
    private final List<ColumnDef> columns = new ArrayList<>();
    private final List<Definition.UniqueKey> uniqueKeys = new ArrayList<>();
    private final List<CheckDef> checks = new ArrayList<>();
    private final Set<String> constraintNames = new HashSet<>();
    private List<Integer> primaryKey = List.of();
    private String primaryKeyName = "";

    TableDraft(String name, Catalog catalog) {
        this.name = name;
        this.oid = catalog.nextOid();
        this.nextOid = oid + 1;
    }

    static TableDef of(Definition.CreateTable statement, Catalog catalog) {
        TableDraft draft = new TableDraft(statement.name().name(), catalog);
        for (Definition.ColumnDefinition column : statement.columns()) {
            draft.column(column);
        }
        statement.constraints().forEach(draft::tableConstraint);
        return draft.finished(statement);
    }

    private void column(Definition.ColumnDefinition column) {
        if (columns.size() == RowLayout.COLUMNS_MAX) {
            throw new SqlException(
                    ErrorCode.TOO_MANY_COLUMNS,
                    "tables can have at most " + RowLayout.COLUMNS_MAX + " columns");
        }
        if (columns.stream().anyMatch(other -> other.name().equals(column.name()))) {
            throw new SqlException(
                            ErrorCode.DUPLICATE_COLUMN,
                            "column \"" + column.name() + "\" specified more than once")
                    .at(column.position());
        }
        columns.add(columnOf(column));
        for (Constraint constraint : column.constraints()) {
            switch (constraint) {
                case Definition.UniqueKey key ->
                        key(
                                new Definition.UniqueKey(
                                        key.name(),
                                        key.primary(),
                                        List.of(column.name()),
                                        key.include(),
                                        key.existingIndex(),
                                        key.position()));
                case Definition.Check check -> check(check, column.name());
                case Definition.NotNull notNull -> {}
                case Definition.Nullability nullable -> {}
                case Definition.DefaultClause value -> {}
                default -> refuse(constraint);
            }
        }
    }

    /** A column with its NOT NULL and DEFAULT. */
    static ColumnDef columnOf(Definition.ColumnDefinition column) {
        boolean notNull =
                column.constraints().stream().anyMatch(Definition.NotNull.class::isInstance);
        String defaultText = null;
        for (Constraint constraint : column.constraints()) {
            if (constraint instanceof Definition.DefaultClause value) {
                defaultText = value.text();
            }
        }
        return new ColumnDef(
                column.name(), DeclaredTypes.of(column.type()), notNull, defaultText, null, false);
    }

    private void tableConstraint(Constraint constraint) {
        switch (constraint) {
            case Definition.UniqueKey key -> key(key);
            case Definition.Check check -> check(check, null);
            default -> refuse(constraint);
        }
    }

    static void refuse(Constraint constraint) {
        String what =
                switch (constraint) {
                    case Definition.ForeignKey key -> "FOREIGN KEY";
                    case Definition.GeneratedColumn column -> "a generated column";
                    case Definition.Identity identity -> "an identity column";
                    case Definition.ColumnCollation collation -> "COLLATE of a column";
                    default -> constraint.getClass().getSimpleName();
                };
        throw SqlException.unsupported(what).at(constraint.position());
    }

    private void key(Definition.UniqueKey key) {
        if (key.existingIndex() != null || !key.include().isEmpty()) {
            throw SqlException.unsupported("USING INDEX or INCLUDE of a key").at(key.position());
        }
        if (!key.primary()) {
            uniqueKeys.add(key);
            return;
        }
        if (!primaryKey.isEmpty()) {
            throw new SqlException(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "multiple primary keys for table \"" + name + "\" are not allowed")
                    .at(key.position());
        }
        primaryKey = places(key.columns(), key.position());
        String given = key.name();
        primaryKeyName = given == null ? name + "_pkey" : given;
        for (int column : primaryKey) {
            ColumnDef old = columns.get(column);
            columns.set(
                    column,
                    new ColumnDef(old.name(), old.type(), true, old.defaultText(), null, false));
        }
    }

    private void check(Definition.Check check, @Nullable String column) {
        checks.add(new CheckDef(checkName(check, name, column, constraintNames), check.text()));
    }

    /** The name given, or one as PostgreSQL makes it. */
    static String checkName(
            Definition.Check check, String table, @Nullable String column, Set<String> taken) {
        String given = check.name();
        String stem =
                given != null ? given : table + (column == null ? "" : "_" + column) + "_check";
        String unique = stem;
        for (int i = 1; !taken.add(unique); i++) {
            if (given != null) {
                throw new SqlException(
                                ErrorCode.DUPLICATE_OBJECT,
                                "constraint \"" + given + "\" already exists")
                        .at(check.position());
            }
            unique = stem + i;
        }
        return unique;
    }

    private List<Integer> places(List<String> names, int position) {
        List<Integer> places = new ArrayList<>();
        for (String column : names) {
            int place = place(column);
            if (place < 0) {
                throw new SqlException(
                                ErrorCode.UNDEFINED_COLUMN,
                                "column \"" + column + "\" named in key does not exist")
                        .at(position);
            }
            if (places.contains(place)) {
                throw new SqlException(
                                ErrorCode.DUPLICATE_COLUMN,
                                "column \"" + column + "\" appears twice in a key constraint")
                        .at(position);
            }
            places.add(place);
        }
        return places;
    }

    private int place(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        return -1;
    }

    private TableDef finished(Definition.CreateTable statement) {
        Partitioning partitioning = partitioning(statement);
        TableDef table =
                new TableDef(
                        oid,
                        name,
                        columns,
                        primaryKey,
                        primaryKeyName,
                        partitioning,
                        List.of(),
                        checks);
        List<IndexDef> indexes = new ArrayList<>();
        for (Definition.UniqueKey key : uniqueKeys) {
            indexes.add(uniqueIndex(table, key, nextOid++));
        }
        return table.withIndexes(indexes);
    }

    static IndexDef uniqueIndex(TableDef table, Definition.UniqueKey key, int indexOid) {
        List<IndexDef.IndexColumn> parts = new ArrayList<>();
        for (String column : key.columns()) {
            int place = table.columnIndex(column);
            if (place < 0) {
                throw new SqlException(
                                ErrorCode.UNDEFINED_COLUMN,
                                "column \"" + column + "\" named in key does not exist")
                        .at(key.position());
            }
            parts.add(new IndexDef.IndexColumn(place, false));
        }
        String given = key.name();
        String indexName =
                given != null
                        ? given
                        : table.name() + "_" + String.join("_", key.columns()) + "_key";
        return new IndexDef(indexOid, indexName, parts, true, true);
    }

    private Partitioning partitioning(Definition.CreateTable statement) {
        boolean replicated = false;
        for (Definition.Option option : statement.options()) {
            if (option.name().equals("replicated")) {
                replicated = SchemaOptions.truth(option);
            } else {
                SchemaOptions.requireHarmless(option);
            }
        }
        Definition.Partitioning by = statement.partitioning();
        if (replicated) {
            if (by != null) {
                throw new SqlException(
                                ErrorCode.INVALID_TABLE_DEFINITION,
                                "a replicated table is not partitioned")
                        .at(by.position());
            }
            return new Partitioning.Replicated();
        }
        if (by != null) {
            return byColumn(by);
        }
        return primaryKey.isEmpty()
                ? new Partitioning.ByRowId()
                : new Partitioning.ByColumn(primaryKey.getFirst());
    }

    private Partitioning byColumn(Definition.Partitioning by) {
        if (!by.method().equals("hash")) {
            throw SqlException.unsupported("PARTITION BY " + by.method())
                    .hint("Use PARTITION BY HASH (column).")
                    .at(by.position());
        }
        if (by.keys().size() != 1
                || !(by.keys().getFirst() instanceof Expression.ColumnReference column)
                || column.names().size() != 1) {
            throw SqlException.unsupported("partitioning by anything but one column")
                    .at(by.position());
        }
        int place = place(column.names().getFirst());
        if (place < 0) {
            throw new SqlException(
                            ErrorCode.UNDEFINED_COLUMN,
                            "column \""
                                    + column.names().getFirst()
                                    + "\" named in partition key does not exist")
                    .at(column.position());
        }
        requireInPrimaryKey(primaryKey, place, by.position());
        return new Partitioning.ByColumn(place);
    }

    /** Rows with equal primary keys have to meet in one partition. */
    static void requireInPrimaryKey(List<Integer> primaryKey, int column, int position) {
        if (!primaryKey.isEmpty() && !primaryKey.contains(column)) {
            throw SqlException.unsupported(
                            "a partitioning column that is not part of the primary key")
                    .hint("Add it to the primary key.")
                    .at(position);
        }
    }
}
