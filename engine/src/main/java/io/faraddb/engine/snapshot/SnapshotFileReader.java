package io.faraddb.engine.snapshot;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads one partition's file: once to verify it, and only then for what it holds. */
final class SnapshotFileReader implements AutoCloseable {

    private final SnapshotFile expected;
    private final SnapshotProgress progress;
    private final DiskFile file;
    private ByteBuffer bytes = ByteBuffer.allocate(2 * SnapshotFileWriter.BLOCK_BYTES);
    private long at;
    private int number;
    private int digest;
    private int tables;
    private int sections;
    private long rows;

    /**
     * @param expected as the manifest has it
     */
    SnapshotFileReader(Disk disk, SnapshotFile expected, SnapshotProgress progress)
            throws IOException {
        this.expected = expected;
        this.progress = progress;
        this.file = disk.open(expected.name());
    }

    /**
     * @throws io.faraddb.engine.error.SqlException DATA_CORRUPTED if a byte is not as written
     */
    void verify() throws IOException {
        if (file.size() != expected.bytes()) {
            throw damaged("it should have " + expected.bytes() + " bytes, and has " + file.size());
        }
        ByteBuffer preamble = ByteBuffer.allocate(SnapshotBlock.PREAMBLE_BYTES);
        file.readFully(preamble, 0);
        if (preamble.getLong(0) != SnapshotBlock.MAGIC) {
            throw damaged("it is not a snapshot file");
        }
        if (preamble.getInt(8) != SnapshotBlock.VERSION || preamble.getInt(12) != 0) {
            throw damaged("its format version is not one that this release can read");
        }
        rewind();
        int digestBefore = 0;
        SnapshotBlock block = next();
        checkHeader(block);
        while (block.kind() != SnapshotBlock.Kind.FOOTER) {
            count(block);
            digestBefore = digest;
            block = next();
        }
        checkFooter(digestBefore);
    }

    /** Hands out what the file holds; it has been verified. */
    void read(SnapshotSink sink) throws IOException {
        rewind();
        SnapshotBlock block = next();
        while (block.kind() != SnapshotBlock.Kind.FOOTER) {
            switch (block.kind()) {
                case TABLE -> sink.table(block.table(), bytes.getLong());
                case ROWS -> readRows(block.rows(), sink);
                case SECTION -> {
                    String name = new String(take(bytes.getInt()), StandardCharsets.UTF_8);
                    sink.section(name, take(bytes.remaining()));
                }
                case HEADER, FOOTER -> {}
            }
            rows += block.rows();
            progress.advanced(expected.partition(), rows, at);
            block = next();
        }
        progress.advanced(expected.partition(), rows, at);
    }

    private void readRows(int count, SnapshotSink sink) {
        for (int i = 0; i < count; i++) {
            int keyLength = bytes.getInt();
            int rowLength = bytes.getInt();
            long version = bytes.getLong();
            byte[] key = take(keyLength);
            sink.row(key, version, take(rowLength));
        }
    }

    private byte[] take(int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private void rewind() {
        at = SnapshotBlock.PREAMBLE_BYTES;
        number = 0;
        digest = 0;
        tables = 0;
        sections = 0;
        rows = 0;
    }

    /** Reads and checks the next block; its payload remains in the buffer. */
    private SnapshotBlock next() throws IOException {
        long left = expected.bytes() - at;
        if (left < SnapshotBlock.HEADER_BYTES) {
            throw damaged("it ends before its footer");
        }
        bytes.clear().limit(SnapshotBlock.HEADER_BYTES);
        file.readFully(bytes, at);
        int length = bytes.getInt(4);
        if (length < 0 || SnapshotBlock.HEADER_BYTES + (long) length > left) {
            throw damaged("a block is longer than the file");
        }
        int end = SnapshotBlock.HEADER_BYTES + length;
        if (bytes.capacity() < end) {
            bytes = ByteBuffer.allocate(end).put(bytes.flip());
        }
        bytes.limit(end).position(SnapshotBlock.HEADER_BYTES);
        file.readFully(bytes, at + SnapshotBlock.HEADER_BYTES);
        bytes.position(SnapshotBlock.HEADER_BYTES);
        try {
            SnapshotBlock block = SnapshotBlock.check(bytes, expected.snapshot(), number++);
            digest = SnapshotBlock.digest(digest, block.checksum());
            at += end;
            return block;
        } catch (IllegalArgumentException e) {
            throw damaged("the block there is not good: " + e.getMessage());
        }
    }

    private void count(SnapshotBlock block) {
        switch (block.kind()) {
            case TABLE -> tables++;
            case SECTION -> sections++;
            case ROWS -> rows += block.rows();
            case HEADER, FOOTER -> {}
        }
        progress.advanced(expected.partition(), 0, at);
    }

    private void checkHeader(SnapshotBlock block) {
        boolean right =
                block.kind() == SnapshotBlock.Kind.HEADER
                        && bytes.getInt() == expected.partition()
                        && bytes.getLong() == expected.position().index()
                        && bytes.getLong() == expected.position().term()
                        && bytes.getLong() == expected.catalogVersion();
        if (!right) {
            throw damaged("it is not the file that the manifest names");
        }
    }

    private void checkFooter(int digestBefore) {
        boolean right =
                bytes.getInt() == tables
                        && bytes.getInt() == sections
                        && bytes.getLong() == rows
                        && bytes.getInt() == digestBefore
                        && rows == expected.rows()
                        && digest == expected.digest()
                        && at == expected.bytes();
        if (!right) {
            throw damaged("its footer does not count what is there");
        }
    }

    private RuntimeException damaged(String what) {
        return SnapshotErrors.damaged(expected.name(), at, what);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
