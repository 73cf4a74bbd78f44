package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** SELECT, VALUES or a set operation with what may stand around any of them. */
public record Query(
        @Nullable With with,
        Body body,
        List<SortItem> orderBy,
        @Nullable Limit limit,
        List<RowLock> locks,
        int position)
        implements Statement {

    /** The query of a body alone. */
    public static Query of(Body body) {
        return new Query(null, body, List.of(), null, List.of(), body.position());
    }

    /** Whether nothing stands around the body. */
    public boolean isBodyOnly() {
        return with == null && orderBy.isEmpty() && limit == null && locks.isEmpty();
    }

    /** Where rows come from. */
    public sealed interface Body extends Node {}

    /**
     * SELECT.
     *
     * @param distinctOn expressions of DISTINCT ON; {@code distinct} is true for them too
     */
    public record Select(
            boolean distinct,
            List<Expression> distinctOn,
            List<SelectItem> items,
            List<TableReference> from,
            @Nullable Expression where,
            List<Expression> groupBy,
            @Nullable Expression having,
            List<NamedWindow> windows,
            int position)
            implements Body {}

    /** VALUES. */
    public record Values(List<List<Expression>> rows, int position) implements Body {}

    /** UNION, INTERSECT or EXCEPT. */
    public record SetOperation(
            SetOperator operator, boolean all, Body left, Body right, int position)
            implements Body {}

    /** How a {@link SetOperation} combines. */
    public enum SetOperator {
        UNION,
        INTERSECT,
        EXCEPT
    }

    /** A query in parentheses with its own ORDER BY, LIMIT or WITH. */
    public record Nested(Query query, int position) implements Body {}

    /**
     * An output column.
     *
     * @param alias null when none was written
     */
    public record SelectItem(Expression expression, @Nullable String alias, int position)
            implements Node {}

    /** A window of the WINDOW clause. */
    public record NamedWindow(String name, Expression.Window window) {}

    /**
     * A key of ORDER BY.
     *
     * @param using operator of {@code USING}; null without
     */
    public record SortItem(
            Expression expression,
            boolean descending,
            NullOrder nulls,
            @Nullable OperatorName using,
            int position)
            implements Node {}

    /** Where nulls sort; by default as if larger than any value. */
    public enum NullOrder {
        DEFAULT,
        FIRST,
        LAST
    }

    /**
     * LIMIT and OFFSET; LIMIT ALL arrives as no count.
     *
     * @param withTies of FETCH FIRST ... WITH TIES
     */
    public record Limit(
            @Nullable Expression count, @Nullable Expression offset, boolean withTies) {}

    /** FOR UPDATE and its weaker kin; without tables it means all of them. */
    public record RowLock(
            LockStrength strength, List<QualifiedName> tables, LockWait whenLocked, int position)
            implements Node {}

    /** How strongly rows are locked. */
    public enum LockStrength {
        KEY_SHARE,
        SHARE,
        NO_KEY_UPDATE,
        UPDATE
    }

    /** What to do about a row that another has locked. */
    public enum LockWait {
        WAIT,
        NOWAIT,
        SKIP_LOCKED
    }

    /** The WITH clause. */
    public record With(boolean recursive, List<CommonTable> tables, int position) implements Node {}

    /** A table of the WITH clause; its statement may change data and return rows. */
    public record CommonTable(
            String name,
            List<String> columns,
            Materialization materialization,
            Statement statement,
            int position)
            implements Node {}

    /** What was said about computing a common table once. */
    public enum Materialization {
        DEFAULT,
        MATERIALIZED,
        NOT_MATERIALIZED
    }
}
