package io.faraddb.engine.snapshot;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFile;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.log.LogPosition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes one partition's file, under a name of its own until it is whole. For one thread. Every
 * method throws SqlException: QUERY_CANCELED once the snapshot is cancelled, DISK_FULL, IO_ERROR.
 */
public final class SnapshotFileWriter implements AutoCloseable {

    /** Rows are gathered to blocks of this size; a larger row makes a larger block. */
    static final int BLOCK_BYTES = 128 << 10;

    static final String UNFINISHED_PREFIX = "unfinished-";

    private final Disk disk;
    private final Options options;
    private final SnapshotFile begun;
    private final DiskFile file;
    private ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES + (16 << 10));
    private byte[] lastKey = new byte[64];
    private int lastKeyLength = -1;
    private int table;
    private int blockRows;
    private int blocks;
    private int tables;
    private int sections;
    private long rows;
    private long written;
    private long synced;
    private int digest;
    private boolean ended;
    private volatile @Nullable SnapshotFile finished;

    /** What the files of one snapshot have in common. */
    record Options(WriteRate rate, SnapshotProgress progress, BooleanSupplier cancelled) {}

    SnapshotFileWriter(
            Disk disk,
            Options options,
            long snapshot,
            int partition,
            LogPosition position,
            long catalogVersion) {
        this.disk = disk;
        this.options = options;
        this.begun = new SnapshotFile(snapshot, partition, position, catalogVersion, 0, 0, 0);
        try {
            file = disk.create(unfinishedName());
            ByteBuffer preamble = ByteBuffer.allocate(SnapshotBlock.PREAMBLE_BYTES);
            preamble.putLong(0, SnapshotBlock.MAGIC).putInt(8, SnapshotBlock.VERSION);
            file.writeFully(preamble, 0);
        } catch (IOException e) {
            throw failed(e);
        }
        written = SnapshotBlock.PREAMBLE_BYTES;
        clear();
        block.putInt(partition)
                .putLong(position.index())
                .putLong(position.term())
                .putLong(catalogVersion);
        seal(SnapshotBlock.Kind.HEADER);
    }

    private String unfinishedName() {
        return UNFINISHED_PREFIX + begun.name();
    }

    /**
     * Begins a table, which may have no rows.
     *
     * @param lastWriteVersion of the table, for its reader
     */
    public void table(int oid, long lastWriteVersion) {
        flushRows();
        table = oid;
        tables++;
        lastKeyLength = -1;
        block.putLong(lastWriteVersion);
        seal(SnapshotBlock.Kind.TABLE);
    }

    /** Adds a row of the table; its key is greater than the one before. */
    public void row(byte[] key, long version, byte[] row) {
        row(key, 0, key.length, version, row, 0, row.length);
    }

    /** Adds a row whose key and bytes are parts of larger arrays. */
    public void row(
            byte[] key,
            int keyOffset,
            int keyLength,
            long version,
            byte[] row,
            int rowOffset,
            int rowLength) {
        Invariant.check(tables > 0, "rows come after their table");
        int keyEnd = keyOffset + keyLength;
        Invariant.check(
                lastKeyLength < 0
                        || Arrays.compareUnsigned(lastKey, 0, lastKeyLength, key, keyOffset, keyEnd)
                                < 0,
                "rows are written in the order of their keys");
        if (lastKey.length < keyLength) {
            lastKey = new byte[2 * keyLength];
        }
        System.arraycopy(key, keyOffset, lastKey, 0, keyLength);
        lastKeyLength = keyLength;
        reserve(SnapshotBlock.ROW_HEADER_BYTES + keyLength + rowLength);
        block.putInt(keyLength).putInt(rowLength).putLong(version);
        block.put(key, keyOffset, keyLength).put(row, rowOffset, rowLength);
        blockRows++;
        rows++;
        if (block.position() >= BLOCK_BYTES) {
            flushRows();
        }
    }

    /** Adds bytes that only their reader understands, under a name. */
    public void section(String name, byte[] bytes) {
        flushRows();
        byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
        reserve(Integer.BYTES + encoded.length + bytes.length);
        block.putInt(encoded.length).put(encoded).put(bytes);
        sections++;
        seal(SnapshotBlock.Kind.SECTION);
    }

    /** Makes the file whole and durable, and gives it its name. */
    public SnapshotFile finish() {
        flushRows();
        block.putInt(tables).putInt(sections).putLong(rows).putInt(digest);
        seal(SnapshotBlock.Kind.FOOTER);
        try {
            file.sync();
            file.close();
            disk.rename(unfinishedName(), begun.name());
            disk.sync();
        } catch (IOException e) {
            throw failed(e);
        }
        ended = true;
        SnapshotFile whole =
                new SnapshotFile(
                        begun.snapshot(),
                        begun.partition(),
                        begun.position(),
                        begun.catalogVersion(),
                        rows,
                        written,
                        digest);
        finished = whole;
        return whole;
    }

    /** The file, which is finished. */
    SnapshotFile finished() {
        return Invariant.notNull(finished, "all files of a snapshot are finished");
    }

    /** Gives up the file, unless it is finished. */
    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            file.close();
            disk.delete(unfinishedName());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void reserve(int bytes) {
        if (block.remaining() < bytes) {
            int needed = Math.addExact(block.position(), bytes);
            ByteBuffer larger = ByteBuffer.allocate(Math.max(needed, 2 * BLOCK_BYTES));
            larger.put(block.flip());
            block = larger;
        }
    }

    private void flushRows() {
        if (blockRows > 0) {
            seal(SnapshotBlock.Kind.ROWS);
        }
    }

    private void clear() {
        block.clear().position(SnapshotBlock.HEADER_BYTES);
        blockRows = 0;
    }

    private void seal(SnapshotBlock.Kind kind) {
        Invariant.check(!ended, "a finished file does not grow");
        if (options.cancelled().getAsBoolean()) {
            throw SnapshotErrors.cancelled();
        }
        block.flip();
        int bytes = block.limit();
        int checksum =
                SnapshotBlock.seal(block, kind, begun.snapshot(), blocks++, table, blockRows);
        digest = SnapshotBlock.digest(digest, checksum);
        try {
            file.writeFully(block, written);
            written += bytes;
            if (written - synced >= Disk.STEP_BYTES) {
                file.sync();
                synced = written;
            }
        } catch (IOException e) {
            throw failed(e);
        }
        clear();
        options.progress().advanced(begun.partition(), rows, written);
        options.rate().spend(bytes);
    }

    private RuntimeException failed(IOException cause) {
        return SnapshotErrors.failed(
                "The snapshot file " + disk + "/" + begun.name() + " failed", cause);
    }
}
