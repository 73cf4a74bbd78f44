package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.sql.bind.expression.Level;
import io.faraddb.engine.sql.parse.ast.Query;
import org.jspecify.annotations.Nullable;

/**
 * The tables of WITH clauses that a query sees: the latest first, each with those it sees itself.
 *
 * @param table null at the end of the list
 * @param outer the query that encloses the one with the WITH clause
 */
record CommonTables(
        Query.@Nullable CommonTable table, @Nullable Level outer, @Nullable CommonTables rest) {

    static final CommonTables NONE = new CommonTables(null, null, null);

    /** The entry of a name; null if there is none. */
    @Nullable CommonTables find(String name) {
        for (CommonTables at = this; at != null && at.table != null; at = at.rest) {
            if (at.table.name().equals(name)) {
                return at;
            }
        }
        return null;
    }

    CommonTables plus(Query.CommonTable more, @Nullable Level outerOfMore) {
        return new CommonTables(more, outerOfMore, this);
    }
}
