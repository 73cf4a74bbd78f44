package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cursors and prepared statements that are named in SQL. */
public sealed interface CursorStatement extends Statement {

    /**
     * DECLARE.
     *
     * @param scroll null when neither SCROLL nor NO SCROLL was said
     */
    record Declare(
            String name,
            boolean binary,
            @Nullable Boolean scroll,
            boolean hold,
            Query query,
            int position)
            implements CursorStatement {}

    /**
     * FETCH, or MOVE which returns no rows.
     *
     * @param count rows, or the row's number; ALL arrives as {@link #ALL}
     */
    record Fetch(boolean move, Direction direction, long count, String cursor, int position)
            implements CursorStatement {

        public static final long ALL = Long.MAX_VALUE;
    }

    /** Where a cursor goes. */
    enum Direction {
        FORWARD,
        BACKWARD,
        ABSOLUTE,
        RELATIVE
    }

    /**
     * CLOSE.
     *
     * @param name null for ALL
     */
    record Close(@Nullable String name, int position) implements CursorStatement {}

    /** PREPARE, with the text of the statement. */
    record Prepare(
            String name,
            List<TypeName> parameterTypes,
            Statement statement,
            String text,
            int position)
            implements CursorStatement {}

    record Execute(String name, List<Expression> arguments, int position)
            implements CursorStatement {}

    /**
     * DEALLOCATE.
     *
     * @param name null for ALL
     */
    record Deallocate(@Nullable String name, int position) implements CursorStatement {}
}
