package io.faraddb.engine.sql.optimize;

import io.faraddb.engine.catalog.TableDef;

/** How many rows tables have, roughly and lately. */
@FunctionalInterface
public interface RowCounts {

    /** For what is planned before there are rows. */
    RowCounts UNKNOWN = table -> 1_000;

    /** Rows of one copy. */
    double rows(TableDef table);
}
