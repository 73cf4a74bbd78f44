package io.faraddb.engine.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that look at others, move data in bulk, or tend tables. */
public sealed interface UtilityStatement extends Statement {

    /**
     * The text of a statement within another.
     *
     * @param position of its first character in the whole text, 1-based
     */
    record Inner(String text, int position) implements Node {}

    /** EXPLAIN. */
    record Explain(List<Definition.Option> options, Inner statement, int position)
            implements UtilityStatement {}

    /**
     * COPY of a table or query.
     *
     * @param table null when a query is copied
     * @param query null when a table is copied
     * @param from whether data come in
     * @param endpoint where the data come from or go to
     * @param where filter of the rows that come in; null without
     */
    record Copy(
            @Nullable QualifiedName table,
            List<String> columns,
            @Nullable Inner query,
            boolean from,
            CopyEndpoint endpoint,
            List<Definition.Option> options,
            @Nullable Expression where,
            int position)
            implements UtilityStatement {}

    /** The other end of a COPY. */
    enum CopyEndpoint {
        /** STDIN or STDOUT. */
        CLIENT,
        /** A file of the server's. */
        FILE,
        /** A program that the server runs. */
        PROGRAM
    }

    /** VACUUM; without tables it means all. */
    record Vacuum(List<QualifiedName> tables, int position) implements UtilityStatement {}

    /** ANALYZE; without tables it means all. */
    record Analyze(List<QualifiedName> tables, int position) implements UtilityStatement {}

    /**
     * GRANT or REVOKE.
     *
     * @param text as written
     */
    record Grant(boolean revoke, String text, int position) implements UtilityStatement {}
}
