package io.faraddb.engine.storage;

import io.faraddb.engine.catalog.TableDef;
import io.faraddb.engine.error.Invariant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A partition's committed rows at one moment. For any thread; costs what changes afterwards. */
public final class StoreSnapshot implements StoreReader {

    private final long catalogVersion;
    private final OidMap<Table> tables;

    /** One table. */
    public record Table(
            TableDef definition,
            TreeReader rows,
            Map<Integer, TreeReader> indexes,
            long lastWriteVersion) {

        /** Bytes of heap that rows and indexes take. */
        public long allocatedBytes() {
            return rows.allocatedBytes() + indexBytes();
        }

        /** Hands out all rows, in the order of their keys. */
        public void forEach(PackedRowSink sink) {
            TreeCursor cursor = rows.cursor(KeyRange.ALL, false);
            while (cursor.next()) {
                int offset = cursor.valueOffset();
                sink.row(
                        cursor.bytes(),
                        cursor.keyOffset(),
                        cursor.keyLength(),
                        (long) KeyOrder.LONG.get(cursor.bytes(), offset),
                        offset + Long.BYTES,
                        cursor.valueLength() - Long.BYTES);
            }
        }

        public long indexBytes() {
            return indexes.values().stream().mapToLong(TreeReader::allocatedBytes).sum();
        }
    }

    /** Takes rows where they lie. */
    @FunctionalInterface
    public interface PackedRowSink {
        /**
         * @param bytes hold key and row; not to be written to
         */
        void row(
                byte[] bytes,
                int keyOffset,
                int keyLength,
                long version,
                int rowOffset,
                int rowLength);
    }

    StoreSnapshot(long catalogVersion, OidMap<Table> tables) {
        this.catalogVersion = catalogVersion;
        this.tables = tables;
    }

    /** Of the catalog whose tables and indexes it has. */
    public long catalogVersion() {
        return catalogVersion;
    }

    public Collection<Table> tables() {
        return tables.values();
    }

    @Override
    public @Nullable TreeReader rows(int table) {
        Table found = tables.get(table);
        return found == null ? null : found.rows();
    }

    private Table table(int oid) {
        return Invariant.notNull(tables.get(oid), "a table of the catalog is in the snapshot");
    }

    @Override
    public TreeReader index(int table, int index) {
        return Invariant.notNull(
                table(table).indexes().get(index), "an index of the catalog is in the snapshot");
    }

    @Override
    public long lastWriteVersion(int table) {
        return table(table).lastWriteVersion();
    }
}
