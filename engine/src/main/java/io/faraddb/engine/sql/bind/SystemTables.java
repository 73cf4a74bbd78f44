package io.faraddb.engine.sql.bind;

import org.jspecify.annotations.Nullable;

/** The tables of the system catalog by name. */
@FunctionalInterface
public interface SystemTables {

    SystemTables NONE = (schema, name) -> null;

    /** The table of a schema; null if there is none. */
    @Nullable SystemTable find(String schema, String name);
}
