package io.faraddb.engine.log;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes records to one segment after another through a buffer. Used by the writer alone. */
final class SegmentWriter {

    /** What is written at once. */
    static final int BUFFER_BYTES = 1 << 20;

    /** Of each segment, this part is kept for what others wait for. */
    private static final int URGENT_PART = 64;

    private static final byte[] NOTHING = {};

    private final TimeSource time;
    private final LogStats stats;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer header = ByteBuffer.allocate(LogRecord.HEADER_BYTES);
    private final CRC32C checksum = new CRC32C();
    private Segment segment;
    private int written;
    private int synced;
    private int mark;
    private int touched;

    /** A sync failed: nothing is known of what was written since the one before. */
    static final class SyncFailedException extends IOException {
        SyncFailedException(IOException cause) {
            super("the log could not be synced", cause);
        }
    }

    /**
     * @param end where the segment's next record goes; all before is durable
     */
    SegmentWriter(Segment segment, int end, TimeSource time, LogStats stats) {
        this.time = time;
        this.stats = stats;
        this.segment = segment;
        begin(end);
    }

    Segment segment() {
        return segment;
    }

    /** Where the next record goes. */
    int offset() {
        return written + buffer.position();
    }

    boolean isEmpty() {
        return offset() == Segment.HEADER_BYTES;
    }

    /** How far the segment is durable. */
    int syncedThrough() {
        return synced;
    }

    /**
     * @param urgent whether the record may take the room that is kept for such
     */
    boolean fits(int payloadLength, boolean urgent) {
        long kept = Segment.TRAILER_BYTES + (urgent ? 0 : segment.size / URGENT_PART);
        return offset() + LogRecord.bytesFor(payloadLength) + kept <= segment.size;
    }

    void add(LogRecord.Kind kind, int partition, LogPosition position) throws IOException {
        add(kind, partition, position, NOTHING);
    }

    void add(LogRecord.Kind kind, int partition, LogPosition position, byte[] payload)
            throws IOException {
        LogRecord adding =
                new LogRecord(
                        kind,
                        partition,
                        position.index(),
                        position.term(),
                        synced,
                        offset(),
                        payload.length);
        Invariant.check(adding.end() <= segment.size, "a record fits into its segment");
        adding.encodeHeader(header, segment.sequence, payload, checksum);
        int padding = adding.end() - adding.payloadOffset() - payload.length;
        put(header.array(), LogRecord.HEADER_BYTES);
        put(payload, payload.length);
        put(new byte[padding], padding);
    }

    private void put(byte[] source, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (!buffer.hasRemaining()) {
                flush();
            }
            int count = Math.min(length - done, buffer.remaining());
            buffer.put(source, done, count);
            done += count;
        }
    }

    /** Hands what was added to the operating system. */
    void flush() throws IOException {
        if (buffer.position() == 0) {
            return;
        }
        int bytes = buffer.position();
        touched = Math.max(touched, written + bytes);
        long before = time.nanoTime();
        buffer.flip();
        segment.file.writeFully(buffer, written);
        buffer.clear();
        written += bytes;
        stats.wrote(bytes, time.nanoTime() - before);
    }

    /** Makes durable what was flushed, if there is anything. */
    void sync() throws SyncFailedException {
        if (synced == written) {
            return;
        }
        long before = time.nanoTime();
        try {
            segment.file.sync();
        } catch (IOException e) {
            throw new SyncFailedException(e);
        }
        synced = written;
        stats.synced(time.nanoTime() - before);
    }

    /** From here on, what is added can be wiped. */
    void mark() {
        Invariant.check(buffer.position() == 0, "a mark is set on what is written");
        mark = written;
        touched = written;
    }

    /** Removes what was added since the mark, so that it is never read again. */
    void wipe() throws IOException {
        buffer.clear();
        SegmentSupply.zero(segment.file, mark, touched);
        written = mark;
        try {
            segment.file.sync();
        } catch (IOException e) {
            throw new SyncFailedException(e);
        }
        synced = written;
        touched = written;
    }

    /** Goes on in another segment, which is empty. */
    void switchTo(Segment next) {
        Invariant.check(synced == offset(), "a segment is synced before the next one begins");
        segment = next;
        begin(Segment.HEADER_BYTES);
    }

    private void begin(int end) {
        written = end;
        synced = end;
        mark = end;
        touched = end;
    }
}
