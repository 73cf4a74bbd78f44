package io.faraddb.engine.sql.bind;

import org.jspecify.annotations.Nullable;

/** Finds tables of the system catalog. */
@FunctionalInterface
public interface SystemTables {

    SystemTables NONE = (schema, name) -> null;

    /**
     * @param schema null to search pg_catalog
     */
    @Nullable SystemTable find(@Nullable String schema, String name);
}
