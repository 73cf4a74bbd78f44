package io.faraddb.engine.sql.system;

import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.sql.function.SystemRelations.SystemRelation;
import java.util.List;

/** Gives the rows of a system relation. */
@FunctionalInterface
interface RowSource {

    /** No rows. */
    RowSource NOTHING = (relation, calls) -> List.of();

    List<SystemRow> rows(SystemRelation relation, CallContext calls);
}
