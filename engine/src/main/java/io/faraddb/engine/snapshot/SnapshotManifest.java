package io.faraddb.engine.snapshot;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A snapshot that is there whole. Its file, big-endian: "FARADMAN", format version (int), number,
 * time (long), kept (byte), length of label (int), label, number of files (int), then for each one
 * partition (int), index, term, catalog version, rows, bytes (long), digest (int); last a CRC32C of
 * all that.
 *
 * @param snapshot its number: 1 for a directory's first, growing
 * @param createdMicros since 1970, when it was begun
 * @param kept until somebody deletes it; otherwise until there are enough newer ones
 * @param label that somebody gave it; may be empty
 * @param files one for each partition, by number
 */
public record SnapshotManifest(
        long snapshot, long createdMicros, boolean kept, String label, List<SnapshotFile> files) {

    /** Bytes of a label in UTF-8. */
    public static final int LABEL_BYTES_MAX = 256;

    static final String SUFFIX = ".manifest";

    private static final long MAGIC = 0x46415241444D414EL;
    private static final int VERSION = 1;
    private static final int FILE_BYTES = 48;
    private static final int FIXED_BYTES = 41;

    public SnapshotManifest {
        files = List.copyOf(files);
    }

    /** Rows of all partitions. */
    public long rows() {
        return files.stream().mapToLong(SnapshotFile::rows).sum();
    }

    /** Bytes of all partitions' files. */
    public long bytes() {
        return files.stream().mapToLong(SnapshotFile::bytes).sum();
    }

    /** Names of all files of the snapshot, this one's among them. */
    public List<String> fileNames() {
        return Stream.concat(Stream.of(nameOf(snapshot)), files.stream().map(SnapshotFile::name))
                .toList();
    }

    static String nameOf(long snapshot) {
        return "snapshot-" + SnapshotFile.digits(snapshot) + SUFFIX;
    }

    ByteBuffer encode() {
        byte[] encodedLabel = label.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(FIXED_BYTES + encodedLabel.length + files.size() * FILE_BYTES);
        bytes.putLong(MAGIC).putInt(VERSION).putLong(snapshot).putLong(createdMicros);
        bytes.put((byte) (kept ? 1 : 0));
        bytes.putInt(encodedLabel.length).put(encodedLabel).putInt(files.size());
        for (SnapshotFile file : files) {
            bytes.putInt(file.partition())
                    .putLong(file.position().index())
                    .putLong(file.position().term())
                    .putLong(file.catalogVersion())
                    .putLong(file.rows())
                    .putLong(file.bytes())
                    .putInt(file.digest());
        }
        bytes.putInt(checksum(bytes, bytes.position()));
        return bytes.flip();
    }

    static SnapshotManifest decode(ByteBuffer bytes, long snapshot) {
        int end = bytes.limit() - Integer.BYTES;
        if (end < FIXED_BYTES - Integer.BYTES || bytes.getInt(end) != checksum(bytes, end)) {
            throw damaged(snapshot, "its checksum does not match");
        }
        try {
            return decodeChecked(bytes, snapshot);
        } catch (BufferUnderflowException e) {
            throw damaged(snapshot, "it is too short");
        }
    }

    private static SnapshotManifest decodeChecked(ByteBuffer bytes, long snapshot) {
        if (bytes.getLong() != MAGIC || bytes.getInt() != VERSION) {
            throw damaged(snapshot, "its format is not one that this release can read");
        }
        if (bytes.getLong() != snapshot) {
            throw damaged(snapshot, "it belongs to another snapshot");
        }
        long createdMicros = bytes.getLong();
        boolean kept = bytes.get() != 0;
        byte[] label = new byte[bytes.getInt()];
        bytes.get(label);
        int count = bytes.getInt();
        List<SnapshotFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int partition = bytes.getInt();
            long index = bytes.getLong();
            LogPosition position = new LogPosition(bytes.getLong(), index);
            long catalogVersion = bytes.getLong();
            long rows = bytes.getLong();
            long size = bytes.getLong();
            files.add(
                    new SnapshotFile(
                            snapshot,
                            partition,
                            position,
                            catalogVersion,
                            rows,
                            size,
                            bytes.getInt()));
        }
        String text = new String(label, StandardCharsets.UTF_8);
        return new SnapshotManifest(snapshot, createdMicros, kept, text, files);
    }

    private static int checksum(ByteBuffer bytes, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(0, end));
        return (int) checksum.getValue();
    }

    private static SqlException damaged(long snapshot, String what) {
        return SnapshotErrors.damaged(nameOf(snapshot), 0, what);
    }
}
