package io.faraddb.engine.sql.bind.query;

import io.faraddb.engine.sql.bind.Relation;
import io.faraddb.engine.sql.bind.Scalar;
import io.faraddb.engine.sql.bind.expression.Scope;
import java.util.List;

/**
 * What stands in FROM, with the names that it makes visible.
 *
 * @param scope over the relation's rows
 */
public record FromItem(Relation relation, Scope scope) {

    /** No FROM: one row of no columns. */
    static final FromItem NOTHING =
            new FromItem(new Relation.Values(List.of(List.<Scalar>of()), List.of()), Scope.EMPTY);

    int width() {
        return relation.fields().size();
    }
}
