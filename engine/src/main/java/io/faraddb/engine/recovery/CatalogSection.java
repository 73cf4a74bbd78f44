package io.faraddb.engine.recovery;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogCodec;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.snapshot.SnapshotFileWriter;
import io.faraddb.engine.snapshot.SnapshotSink;
import org.jspecify.annotations.Nullable;

/** The catalog in the control partition's file of a snapshot: one section, no rows. */
final class CatalogSection implements SnapshotSink {

    private static final String NAME = "catalog";

    private @Nullable Catalog catalog;

    static void write(Catalog catalog, SnapshotFileWriter file) {
        file.section(NAME, CatalogCodec.encodeWhole(catalog));
    }

    @Override
    public void table(int oid, long lastWriteVersion) {
        throw misplaced("rows of a table");
    }

    @Override
    public void row(byte[] key, long version, byte[] row) {
        throw misplaced("a row");
    }

    @Override
    public void section(String name, byte[] bytes) {
        if (name.equals(NAME)) {
            catalog = CatalogCodec.decodeWhole(bytes);
        }
    }

    /** The catalog that was read. */
    Catalog catalog() {
        if (catalog == null) {
            throw misplaced("no catalog");
        }
        return catalog;
    }

    private static SqlException misplaced(String what) {
        return new SqlException(
                ErrorCode.DATA_CORRUPTED, "the control partition's snapshot file has " + what);
    }
}
