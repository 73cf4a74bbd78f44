package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that change the catalog, procedures aside. */
public sealed interface Definition extends Statement {

    // Tables -----------------------------------------------------------------------------------

    /**
     * CREATE TABLE.
     *
     * @param partitioning PARTITION BY; null without
     */
    record CreateTable(
            QualifiedName name,
            boolean ifNotExists,
            Persistence persistence,
            List<ColumnDefinition> columns,
            List<Constraint> constraints,
            List<Option> options,
            @Nullable Partitioning partitioning,
            int position)
            implements Definition {}

    /** CREATE TABLE ... AS. */
    record CreateTableAs(
            QualifiedName name,
            boolean ifNotExists,
            Persistence persistence,
            List<String> columns,
            List<Option> options,
            @Nullable Partitioning partitioning,
            Query query,
            boolean withData,
            int position)
            implements Definition {}

    /** How long a table lives and whether it is logged. */
    enum Persistence {
        PERMANENT,
        TEMPORARY,
        UNLOGGED
    }

    /** {@code PARTITION BY HASH (column)}; the method in lower case. */
    record Partitioning(String method, List<Expression> keys, int position) implements Node {}

    /** VoltDB's {@code PARTITION TABLE t ON COLUMN c}. */
    record PartitionTable(QualifiedName table, String column, int position) implements Definition {}

    record ColumnDefinition(String name, TypeName type, List<Constraint> constraints, int position)
            implements Node {}

    /** What a table or column demands; a column's own has no column list. */
    sealed interface Constraint extends Node {

        /** Null when none was given. */
        @Nullable String name();
    }

    record NotNull(@Nullable String name, int position) implements Constraint {}

    /** NULL, which says that nulls are welcome. */
    record Nullability(@Nullable String name, int position) implements Constraint {}

    /** DEFAULT, with the text of its value. */
    record DefaultClause(@Nullable String name, Expression value, String text, int position)
            implements Constraint {}

    /** CHECK, with the text between its parentheses. */
    record Check(@Nullable String name, Expression condition, String text, int position)
            implements Constraint {}

    /** UNIQUE or PRIMARY KEY. */
    record UniqueKey(
            @Nullable String name,
            boolean primary,
            List<String> columns,
            List<String> include,
            @Nullable QualifiedName existingIndex,
            int position)
            implements Constraint {}

    /** REFERENCES or FOREIGN KEY. */
    record ForeignKey(
            @Nullable String name,
            List<String> columns,
            QualifiedName table,
            List<String> referencedColumns,
            ReferentialAction onDelete,
            ReferentialAction onUpdate,
            boolean deferrable,
            int position)
            implements Constraint {}

    /** What becomes of rows whose referenced row goes. */
    enum ReferentialAction {
        NO_ACTION,
        RESTRICT,
        CASCADE,
        SET_NULL,
        SET_DEFAULT
    }

    /** GENERATED ALWAYS AS (expression) STORED. */
    record GeneratedColumn(@Nullable String name, Expression value, int position)
            implements Constraint {}

    /** GENERATED ... AS IDENTITY. */
    record Identity(@Nullable String name, boolean always, int position) implements Constraint {}

    /** COLLATE behind a column's type. */
    record ColumnCollation(@Nullable String name, QualifiedName collation, int position)
            implements Constraint {}

    /**
     * A setting in parentheses: {@code name}, {@code name = value} or {@code name value}.
     *
     * @param name in lower case, with dots if any
     * @param values as text, several for a list; empty when only the name stands
     */
    record Option(String name, List<String> values, int position) implements Node {

        /** The only value; null when there is none. */
        public @Nullable String value() {
            return values.isEmpty() ? null : values.getFirst();
        }
    }

    record DropTable(List<QualifiedName> names, boolean ifExists, boolean cascade, int position)
            implements Definition {}

    record Truncate(
            List<QualifiedName> tables, boolean restartIdentity, boolean cascade, int position)
            implements Definition {}

    record AlterTable(
            QualifiedName table, boolean ifExists, List<TableAction> actions, int position)
            implements Definition {}

    /** One change of ALTER TABLE. */
    sealed interface TableAction extends Node {}

    record AddColumn(ColumnDefinition column, boolean ifNotExists, int position)
            implements TableAction {}

    record DropColumn(String column, boolean ifExists, boolean cascade, int position)
            implements TableAction {}

    record AlterColumnType(String column, TypeName type, @Nullable Expression using, int position)
            implements TableAction {}

    /** SET DEFAULT, or DROP DEFAULT when there is no value. */
    record AlterColumnDefault(
            String column, @Nullable Expression value, @Nullable String text, int position)
            implements TableAction {}

    /** SET NOT NULL or DROP NOT NULL. */
    record AlterColumnNullability(String column, boolean notNull, int position)
            implements TableAction {}

    record AddConstraint(Constraint constraint, int position) implements TableAction {}

    record DropConstraint(String constraint, boolean ifExists, boolean cascade, int position)
            implements TableAction {}

    record RenameTable(String newName, int position) implements TableAction {}

    record RenameColumn(String column, String newName, int position) implements TableAction {}

    record RenameConstraint(String constraint, String newName, int position)
            implements TableAction {}

    record SetTableOptions(List<Option> options, int position) implements TableAction {}

    record OwnerTo(String owner, int position) implements TableAction {}

    /** An action of PostgreSQL's that FaradDB has not got. */
    record UnsupportedAction(String name, int position) implements TableAction {}

    // Indexes ----------------------------------------------------------------------------------

    /**
     * CREATE INDEX.
     *
     * @param name null when PostgreSQL is to choose
     * @param method of USING, in lower case; null without
     */
    record CreateIndex(
            @Nullable String name,
            boolean unique,
            boolean concurrently,
            boolean ifNotExists,
            QualifiedName table,
            @Nullable String method,
            List<Query.SortItem> keys,
            List<String> include,
            @Nullable Expression where,
            int position)
            implements Definition {}

    record DropIndex(List<QualifiedName> names, boolean ifExists, boolean cascade, int position)
            implements Definition {}

    /** ALTER INDEX ... RENAME TO. */
    record RenameIndex(QualifiedName index, boolean ifExists, String newName, int position)
            implements Definition {}

    // Roles ------------------------------------------------------------------------------------

    /**
     * CREATE USER or CREATE ROLE.
     *
     * @param login whether the statement said USER
     */
    record CreateRole(String name, boolean login, List<Option> options, int position)
            implements Definition {}

    record AlterRole(String name, List<Option> options, int position) implements Definition {}

    record DropRole(List<String> names, boolean ifExists, int position) implements Definition {}
}
