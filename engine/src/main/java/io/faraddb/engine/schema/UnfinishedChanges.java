package io.faraddb.engine.schema;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes that make rows anew do so in a table beside, which takes its place in one step at the
 * end. One that a crash cut short leaves such a table behind.
 */
public final class UnfinishedChanges {

    /** Of the names of tables in the making. */
    static final String PREFIX = "farad_rebuild_";

    private UnfinishedChanges() {}

    /** What drops the tables that were left behind; changes nothing if there are none. */
    public static CatalogChange.All undo(Catalog catalog) {
        List<CatalogChange> drops = new ArrayList<>();
        for (TableDef table : catalog.tables()) {
            if (table.name().startsWith(PREFIX)) {
                drops.add(new CatalogChange.DropTable(table.oid()));
            }
        }
        return new CatalogChange.All(drops);
    }

    /**
     * @throws SqlException 42939 if a name is one of those
     */
    static void requireFree(String name, int position) {
        if (name.startsWith(PREFIX)) {
            throw new SqlException(
                            ErrorCode.RESERVED_NAME,
                            "names that begin with " + PREFIX + " are FaradDB's own")
                    .at(position);
        }
    }
}
