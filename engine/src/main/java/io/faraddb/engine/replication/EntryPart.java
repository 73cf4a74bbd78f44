package io.faraddb.engine.replication;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.PartitionLog;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What one record of a group's log carries: an entry, or a part of a large one, since Ratis keeps a
 * write buffer as large as its largest record for each group.
 *
 * <pre>
 * u8  format, 1
 * u8  kind: 1 entry, 2 jump
 * i64 index in the partition's log
 * i32 bytes of the whole entry
 * i32 offset of this part in it
 * i64 index of the last entry that its leader knew to be committed
 * i32 CRC-32C of what stands before and after it
 *     the part's bytes, to the end
 * </pre>
 *
 * <p>A jump has no bytes: the next entry follows its index. A new group that begins with a restored
 * snapshot has one.
 *
 * @param content the part's bytes
 */
record EntryPart(
        Kind kind,
        long index,
        int entryBytes,
        int offset,
        long committedThrough,
        ByteBuffer content) {

    static final int HEADER_BYTES = 30;

    private static final int FORMAT = 1;
    private static final int CHECKSUM_OFFSET = 26;

    enum Kind {
        ENTRY,
        JUMP
    }

    /** Whether the entry ends here. */
    boolean last() {
        return offset + content.remaining() == entryBytes;
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + content.remaining());
        buffer.put((byte) FORMAT).put((byte) (kind == Kind.ENTRY ? 1 : 2));
        buffer.putLong(index).putInt(entryBytes).putInt(offset);
        buffer.putLong(committedThrough).putInt(0);
        buffer.put(content.duplicate());
        buffer.putInt(CHECKSUM_OFFSET, checksum(buffer));
        return buffer.array();
    }

    /**
     * @param position where it stands, for the message
     * @throws SqlException DATA_CORRUPTED if these are not the bytes of a part
     */
    static EntryPart decode(ByteBuffer bytes, Object position) {
        ByteBuffer buffer = bytes.slice();
        if (buffer.remaining() < HEADER_BYTES) {
            throw damaged(position, "it is too short");
        }
        int format = buffer.get(0);
        if (format != FORMAT) {
            throw damaged(position, "it has format " + format + ", which this release can't read");
        }
        if (buffer.getInt(CHECKSUM_OFFSET) != checksum(buffer)) {
            throw damaged(position, "its checksum does not match");
        }
        int kind = buffer.get(1);
        EntryPart part =
                new EntryPart(
                        kind == 1 ? Kind.ENTRY : Kind.JUMP,
                        buffer.getLong(2),
                        buffer.getInt(10),
                        buffer.getInt(14),
                        buffer.getLong(18),
                        buffer.slice(HEADER_BYTES, buffer.remaining() - HEADER_BYTES));
        boolean sane =
                (kind == 1 || kind == 2)
                        && part.entryBytes >= 0
                        && part.entryBytes <= PartitionLog.ENTRY_BYTES_MAX
                        && part.offset >= 0
                        && part.offset <= part.entryBytes - part.content.remaining();
        if (!sane) {
            throw damaged(position, "its header makes no sense");
        }
        return part;
    }

    private static int checksum(ByteBuffer buffer) {
        CRC32C checksum = new CRC32C();
        checksum.update(buffer.slice(0, CHECKSUM_OFFSET));
        checksum.update(buffer.slice(HEADER_BYTES, buffer.capacity() - HEADER_BYTES));
        return (int) checksum.getValue();
    }

    private static SqlException damaged(Object position, String what) {
        return new SqlException(
                        ErrorCode.DATA_CORRUPTED,
                        "Record " + position + " of a replicated log is damaged: " + what)
                .hint("Nothing of it was used. Check the disk and the memory of this node.");
    }
}
