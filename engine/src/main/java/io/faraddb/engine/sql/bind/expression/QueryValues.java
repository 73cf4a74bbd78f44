package io.faraddb.engine.sql.bind.expression;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.parse.ast.Query;

/** Binds the queries within expressions; the binder of queries above is one. */
@FunctionalInterface
public interface QueryValues {

    /**
     * A query whose rows are values; columns of unknown type stay unknown.
     *
     * @param outer the query in whose expression it stands
     */
    Relation bind(Query query, Level outer);
}
