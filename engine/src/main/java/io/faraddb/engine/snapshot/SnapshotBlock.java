package io.faraddb.engine.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One block of a partition's file. A file begins with "FARADSNP" and an int each of format version
 * and zero, then come blocks, back to back. Big-endian:
 *
 * <pre>
 *   0 int   CRC32C of everything from byte 4 to the end of the payload
 *   4 int   bytes of payload
 *   8 long  number of the snapshot
 *  16 int   number of the block, from 0
 *  20 int   kind
 *  24 int   table
 *  28 int   rows
 *  32 payload
 * </pre>
 *
 * <p>Payloads: HEADER is partition (int), log index, term, catalog version (long); TABLE is the
 * version of its last write (long); ROWS are rows in the order of their keys, each one length of
 * key (int), length of row (int), version (long), key, row; SECTION is length of name (int), name,
 * bytes; FOOTER is tables (int), sections (int), rows (long), digest of all checksums before (int).
 *
 * @param length of the payload
 */
record SnapshotBlock(Kind kind, int table, int rows, int length, int checksum) {

    static final long MAGIC = 0x4641524144534E50L;
    static final int VERSION = 1;
    static final int PREAMBLE_BYTES = 16;
    static final int HEADER_BYTES = 32;
    static final int ROW_HEADER_BYTES = 16;

    /** What a block holds. */
    enum Kind {
        HEADER,
        TABLE,
        ROWS,
        SECTION,
        FOOTER
    }

    private static final Kind[] KINDS = Kind.values();

    /** Completes a block whose payload stands behind room for the header. */
    static int seal(ByteBuffer block, Kind kind, long snapshot, int number, int table, int rows) {
        block.putInt(4, block.limit() - HEADER_BYTES);
        block.putLong(8, snapshot);
        block.putInt(16, number);
        block.putInt(20, kind.ordinal());
        block.putInt(24, table);
        block.putInt(28, rows);
        int checksum = checksum(block);
        block.putInt(0, checksum);
        return checksum;
    }

    /**
     * Checks a whole block.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    static SnapshotBlock check(ByteBuffer block, long snapshot, int number) {
        int checksum = checksum(block);
        if (checksum != block.getInt(0)) {
            throw new IllegalArgumentException("its checksum does not match");
        }
        if (block.getLong(8) != snapshot || block.getInt(16) != number) {
            throw new IllegalArgumentException("it belongs elsewhere");
        }
        int kind = block.getInt(20);
        if (kind < 0 || kind >= KINDS.length) {
            throw new IllegalArgumentException("it is of an unknown kind");
        }
        return new SnapshotBlock(
                KINDS[kind], block.getInt(24), block.getInt(28), block.getInt(4), checksum);
    }

    private static int checksum(ByteBuffer block) {
        CRC32C checksum = new CRC32C();
        checksum.update(block.slice(4, block.limit() - 4));
        return (int) checksum.getValue();
    }

    /** Adds a block's checksum to the digest of those before it. */
    static int digest(int before, int checksum) {
        return Integer.rotateLeft(before, 5) * 0x9E3779B1 + checksum;
    }
}
