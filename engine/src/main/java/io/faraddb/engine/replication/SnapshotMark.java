package io.faraddb.engine.replication;

import io.faraddb.engine.log.LogPosition;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.apache.ratis.server.protocol.TermIndex;
import org.jspecify.annotations.Nullable;

/**
 * Where a group's log may begin: entries through a position are in snapshots of rows, which are
 * kept elsewhere. To Ratis this is the snapshot; a member that is too far behind is sent its bytes.
 *
 * <pre>
 * u64 magic, "FARADMRK"
 * i32 format, 1
 * i64 term, i64 index   of the entry in the partition's log
 * i64 term, i64 index   of its last record in the group's log
 * i32 CRC-32C of all before
 * </pre>
 */
record SnapshotMark(LogPosition position, TermIndex record) {

    static final int BYTES = 48;

    private static final long MAGIC = 0x46415241444D524BL;
    private static final int FORMAT = 1;
    private static final int CHECKED_BYTES = BYTES - 4;

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        buffer.putLong(MAGIC).putInt(FORMAT);
        buffer.putLong(position.term()).putLong(position.index());
        buffer.putLong(record.getTerm()).putLong(record.getIndex());
        buffer.putInt(checksum(buffer));
        return buffer.array();
    }

    /**
     * @return null if these are not the bytes of a mark that this release can read
     */
    static @Nullable SnapshotMark decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        boolean good =
                bytes.length == BYTES
                        && buffer.getLong(0) == MAGIC
                        && buffer.getInt(8) == FORMAT
                        && buffer.getInt(CHECKED_BYTES) == checksum(buffer);
        return good
                ? new SnapshotMark(
                        new LogPosition(buffer.getLong(12), buffer.getLong(20)),
                        TermIndex.valueOf(buffer.getLong(28), buffer.getLong(36)))
                : null;
    }

    private static int checksum(ByteBuffer buffer) {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.slice(0, CHECKED_BYTES));
        return (int) checksum.getValue();
    }

    String fileName() {
        return SnapshotMarks.PREFIX + record.getTerm() + "-" + record.getIndex();
    }
}
