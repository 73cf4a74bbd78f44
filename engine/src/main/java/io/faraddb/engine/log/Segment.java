package io.faraddb.engine.log;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the log. It begins with a page of its own, which records never touch:
 *
 * <pre>
 *   0 long "FARADLOG"
 *   8 int  format version
 *  12 int  size of the file
 *  16 long sequence: 1 for a log's first segment; no gaps
 *  24 int  CRC32C of the 24 bytes above
 *  28 zeros to 4096
 * </pre>
 *
 * <p>Records follow, then zeros or, in a recycled file, records of a lower sequence.
 */
final class Segment {

    static final int HEADER_BYTES = 4096;

    /** What a record of no payload takes: each segment keeps room for one SEAL and one CLOSE. */
    static final int TRAILER_BYTES = 2 * LogRecord.HEADER_BYTES;

    private static final long MAGIC = 0x46415241444C4F47L;
    private static final int VERSION = 1;
    private static final int CHECKED_BYTES = 24;
    private static final String PREFIX = "segment-";
    private static final String SUFFIX = ".log";

    final long sequence;
    final int size;
    final DiskFile file;

    /** By partition: its last entry in this segment. Complete once the segment is sealed. */
    final Map<Integer, Long> lastIndexes = new HashMap<>();

    Segment(long sequence, int size, DiskFile file) {
        this.sequence = sequence;
        this.size = size;
        this.file = file;
    }

    String name() {
        return nameOf(sequence);
    }

    static String nameOf(long sequence) {
        String digits = Long.toString(sequence);
        return PREFIX + "0".repeat(Math.max(0, 16 - digits.length())) + digits + SUFFIX;
    }

    /**
     * @return 0 if the name is not one of a segment
     */
    static long sequenceOf(String name) {
        if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
            return 0;
        }
        String digits = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
        boolean plain = digits.length() == 16 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(digits) : 0;
    }

    static void writeHeader(DiskFile file, long sequence, int size) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        header.putLong(0, MAGIC).putInt(8, VERSION).putInt(12, size).putLong(16, sequence);
        header.putInt(CHECKED_BYTES, checksum(header));
        file.writeFully(header, 0);
    }

    /**
     * Opens a segment that is there.
     *
     * @throws io.faraddb.engine.error.SqlException if it is not whole
     */
    static Segment open(Disk disk, long sequence) throws IOException {
        String name = nameOf(sequence);
        DiskFile file = disk.open(name);
        String fault = fault(file, sequence);
        if (fault != null) {
            file.close();
            throw LogDamage.at(disk, name, 0, fault);
        }
        return new Segment(sequence, (int) file.size(), file);
    }

    private static @Nullable String fault(DiskFile file, long sequence) throws IOException {
        long size = file.size();
        if (size < LocalLogSettings.SEGMENT_BYTES_MIN) {
            return "the file was cut short";
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        file.readFully(header, 0);
        if (header.getLong(0) != MAGIC || header.getInt(CHECKED_BYTES) != checksum(header)) {
            return "its header is damaged";
        }
        if (header.getInt(8) != VERSION) {
            return "it has format version " + header.getInt(8) + ", which this release can't read";
        }
        if (header.getInt(12) != size) {
            return "it should have " + header.getInt(12) + " bytes and has " + size;
        }
        if (header.getLong(16) != sequence) {
            return "its header belongs to segment " + header.getLong(16);
        }
        return null;
    }

    private static int checksum(ByteBuffer header) {
        CRC32C checksum = new CRC32C();
        checksum.update(header.slice(0, CHECKED_BYTES));
        return (int) checksum.getValue();
    }
}
