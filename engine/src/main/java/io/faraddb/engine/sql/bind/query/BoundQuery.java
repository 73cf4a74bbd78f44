package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.expression.RecordShape;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query with what its columns' types do not tell.
 *
 * @param shapes of records, one for each column; null for other types
 */
record BoundQuery(Relation relation, List<@Nullable RecordShape> shapes) {

    /** A query without records. */
    static BoundQuery of(Relation relation) {
        return new BoundQuery(relation, Collections.nCopies(relation.fields().size(), null));
    }
}
