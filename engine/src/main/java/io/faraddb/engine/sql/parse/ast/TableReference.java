package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in FROM. */
public sealed interface TableReference extends Node {

    /** A table, view or common table. */
    record NamedTable(QualifiedName name, boolean only, @Nullable Alias alias, int position)
            implements TableReference {}

    /** A query in FROM. */
    record DerivedTable(Query query, boolean lateral, @Nullable Alias alias, int position)
            implements TableReference {}

    /**
     * Functions in FROM: one, or several of ROWS FROM.
     *
     * @param ordinality whether WITH ORDINALITY adds a column that counts
     */
    record FunctionTable(
            List<FunctionItem> functions,
            boolean lateral,
            boolean ordinality,
            @Nullable Alias alias,
            int position)
            implements TableReference {}

    /** A function and the columns declared for its records. */
    record FunctionItem(Expression call, List<ColumnDeclaration> columns, int position)
            implements Node {}

    /**
     * A join.
     *
     * @param on null for CROSS, NATURAL and USING
     * @param using columns of USING; empty without
     * @param usingAlias of {@code USING (...) AS alias}; null without
     * @param alias of a join in parentheses; null without
     */
    record Join(
            JoinKind kind,
            boolean natural,
            TableReference left,
            TableReference right,
            @Nullable Expression on,
            List<String> using,
            @Nullable String usingAlias,
            @Nullable Alias alias,
            int position)
            implements TableReference {}

    /** Which rows without a partner a join keeps. */
    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        CROSS
    }

    /**
     * Another name for a table and, as far as given, for its columns.
     *
     * @param columns names only
     * @param declarations names with types, for functions that return records
     */
    record Alias(
            String name, List<String> columns, List<ColumnDeclaration> declarations, int position)
            implements Node {}

    /** A column with its type. */
    record ColumnDeclaration(String name, TypeName type, int position) implements Node {}
}
