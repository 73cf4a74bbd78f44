package io.faraddb.engine.sql.bind;

import io.faraddb.engine.sql.function.CallContext;
import io.faraddb.engine.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of pg_catalog or information_schema: rows computed from the catalog when read. */
public interface SystemTable {

    int oid();

    String schema();

    String name();

    List<String> columnNames();

    List<SqlType> columnTypes();

    Iterable<@Nullable Object[]> rows(CallContext context);
}
