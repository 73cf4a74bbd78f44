package io.faraddb.engine.site;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.snapshot.SnapshotSink;
import io.faraddb.engine.storage.StoreLoader;

/** Makes a partition of what {@link PartitionImage} wrote; its log goes on from there. */
public final class PartitionLoader implements SnapshotSink {

    private final Partition partition;
    private final LogPosition position;
    private final StoreLoader rows;
    private byte[] transactions = EntryCodec.encode(java.util.List.of());

    /**
     * @param position of the last entry that is in the image
     */
    public PartitionLoader(int id, Catalog catalog, LogPosition position) {
        this.partition = new Partition(id, catalog);
        this.position = position;
        this.rows = partition.store().loader();
    }

    @Override
    public void table(int oid, long lastWriteVersion) {
        rows.table(oid, lastWriteVersion);
    }

    @Override
    public void row(byte[] key, long version, byte[] row) {
        rows.row(key, version, row);
    }

    @Override
    public void section(String name, byte[] bytes) {
        if (name.equals(PartitionImage.TRANSACTIONS)) {
            transactions = bytes;
        }
    }

    /** The partition as it was; nothing more may be loaded. */
    public Partition finish() {
        rows.finish();
        partition.restore(position, EntryCodec.decode(transactions));
        return partition;
    }
}
