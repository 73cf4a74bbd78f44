package io.faraddb.engine.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One record of a segment, where it stands. Big-endian, padded with zeros to a multiple of 8:
 *
 * <pre>
 *   0 int   CRC32C of everything from byte 4 to the end of the payload
 *   4 int   bytes of payload
 *   8 long  sequence of the segment, so that what is left of a recycled one is not taken for new
 *  16 int   partition
 *  20 int   kind
 *  24 long  index
 *  32 long  term
 *  40 long  how far this segment was synced when the record was written
 *  48 payload
 * </pre>
 *
 * <p>The last field tells damage from a torn write: a bad record before a good one that says
 * "synced beyond there" was durable once.
 *
 * @param offset in the segment
 * @param length of the payload
 */
record LogRecord(
        Kind kind,
        int partition,
        long index,
        long term,
        long syncedThrough,
        int offset,
        int length) {

    static final int HEADER_BYTES = 48;

    /** What a record says. */
    enum Kind {
        /** An entry of a partition. */
        ENTRY,
        /** At the start of a segment: the partition's last entry has this index. */
        BASE,
        /** Entries up to this index are not in the log, or not any more: the next is one more. */
        JUMP,
        /** The segment ends here, and the next one has begun. */
        SEAL,
        /** The log was closed here, in order. */
        CLOSE
    }

    private static final Kind[] KINDS = Kind.values();

    /** What a record with so much payload takes. */
    static long bytesFor(int payloadLength) {
        return (HEADER_BYTES + (long) payloadLength + 7) & -8;
    }

    int end() {
        return offset + (int) bytesFor(length);
    }

    int payloadOffset() {
        return offset + HEADER_BYTES;
    }

    /**
     * Writes a header.
     *
     * @param header big-endian, of 48 bytes and with an array; is left as it should be written
     */
    void encodeHeader(ByteBuffer header, long sequence, byte[] payload, CRC32C checksum) {
        header.clear();
        header.putInt(4, length);
        header.putLong(8, sequence);
        header.putInt(16, partition);
        header.putInt(20, kind.ordinal());
        header.putLong(24, index);
        header.putLong(32, term);
        header.putLong(40, syncedThrough);
        checksum.reset();
        checksum.update(header.array(), 4, HEADER_BYTES - 4);
        checksum.update(payload, 0, length);
        header.putInt(0, (int) checksum.getValue());
    }

    /**
     * Reads what stands at an offset.
     *
     * @return null if it is not a good record of this segment
     */
    static @Nullable LogRecord parse(ByteBuffer bytes, int offset, long sequence) {
        int room = bytes.limit() - offset;
        if (room < HEADER_BYTES || bytes.getLong(offset + 8) != sequence) {
            return null;
        }
        int length = bytes.getInt(offset + 4);
        int kind = bytes.getInt(offset + 20);
        if (length < 0 || bytesFor(length) > room || kind < 0 || kind >= KINDS.length) {
            return null;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(offset + 4, HEADER_BYTES - 4 + length));
        if ((int) checksum.getValue() != bytes.getInt(offset)) {
            return null;
        }
        return new LogRecord(
                KINDS[kind],
                bytes.getInt(offset + 16),
                bytes.getLong(offset + 24),
                bytes.getLong(offset + 32),
                bytes.getLong(offset + 40),
                offset,
                length);
    }

    /** An entry and where it stands. */
    record Entry(LogPosition position, byte[] bytes) {}
}
