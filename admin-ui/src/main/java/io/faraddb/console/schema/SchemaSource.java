package io.faraddb.console.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what there is in the database. */
public interface SchemaSource {

    /** By name. */
    List<Table> tables();

    /** Null if there is no such table. */
    @Nullable Table table(String name);

    /** By name. */
    List<Procedure> procedures();

    /** Null if there is no such procedure. */
    @Nullable Procedure procedure(String name);
}
