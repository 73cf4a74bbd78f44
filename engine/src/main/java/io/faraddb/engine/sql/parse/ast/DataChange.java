package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that change rows. */
public sealed interface DataChange extends Statement {

    Query.@Nullable With with();

    QualifiedName table();

    List<Query.SelectItem> returning();

    /**
     * INSERT, and VoltDB's UPSERT.
     *
     * @param columns empty when none were listed
     * @param source null for DEFAULT VALUES
     * @param upsert whether a row with the same primary key is replaced
     */
    record Insert(
            Query.@Nullable With with,
            QualifiedName table,
            @Nullable String alias,
            List<ColumnTarget> columns,
            Overriding overriding,
            @Nullable Query source,
            @Nullable OnConflict onConflict,
            boolean upsert,
            List<Query.SelectItem> returning,
            int position)
            implements DataChange {}

    /** What OVERRIDING says about identity columns. */
    enum Overriding {
        NONE,
        USER,
        SYSTEM
    }

    record Update(
            Query.@Nullable With with,
            QualifiedName table,
            boolean only,
            @Nullable String alias,
            List<Assignment> assignments,
            List<TableReference> from,
            @Nullable Expression where,
            List<Query.SelectItem> returning,
            int position)
            implements DataChange {}

    record Delete(
            Query.@Nullable With with,
            QualifiedName table,
            boolean only,
            @Nullable String alias,
            List<TableReference> using,
            @Nullable Expression where,
            List<Query.SelectItem> returning,
            int position)
            implements DataChange {}

    /** A column that gets a value. */
    record ColumnTarget(String name, int position) implements Node {}

    /**
     * {@code a = 1}, or {@code (a, b) = (1, 2)} and {@code (a, b) = (SELECT ...)}.
     *
     * @param value a {@link Expression.Row} or {@link Expression.ScalarQuery} for several columns
     */
    record Assignment(List<ColumnTarget> columns, Expression value, int position) implements Node {}

    /**
     * ON CONFLICT.
     *
     * @param target columns or expressions that name an index; empty without
     * @param targetWhere of a partial index; null without
     * @param constraint of ON CONSTRAINT; null without
     * @param assignments of DO UPDATE; empty for DO NOTHING
     * @param where of DO UPDATE; null without
     */
    record OnConflict(
            List<Expression> target,
            @Nullable Expression targetWhere,
            @Nullable String constraint,
            boolean doNothing,
            List<Assignment> assignments,
            @Nullable Expression where,
            int position)
            implements Node {}
}
