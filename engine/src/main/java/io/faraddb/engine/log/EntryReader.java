package io.faraddb.engine.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads entries of one partition in order, ahead of what is asked for: one read of the disk gives
 * many of them. For one thread.
 */
final class EntryReader {

    /** What is read at once; a larger entry is read whole. */
    private static final int WINDOW_BYTES = 1 << 20;

    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    private @Nullable Segment segment;
    private int start;

    /**
     * Reads an entry that is known to be there.
     *
     * @return null if it is not
     */
    LogRecord.@Nullable Entry read(Segment from, int offset) throws IOException {
        boolean inside = from == segment && offset >= start && offset - start <= window.limit();
        LogRecord found = inside ? parse(from, offset) : null;
        if (found == null) {
            load(from, offset, WINDOW_BYTES);
            found = parse(from, offset);
        }
        if (found == null && window.limit() >= LogRecord.HEADER_BYTES) {
            long whole = LogRecord.bytesFor(Math.max(0, window.getInt(4)));
            load(from, offset, (int) Math.min(whole, from.size - offset));
            found = parse(from, offset);
        }
        if (found == null || found.kind() != LogRecord.Kind.ENTRY) {
            return null;
        }
        byte[] payload = new byte[found.length()];
        window.get(found.payloadOffset(), payload);
        return new LogRecord.Entry(new LogPosition(found.term(), found.index()), payload);
    }

    private @Nullable LogRecord parse(Segment from, int offset) {
        return LogRecord.parse(window, offset - start, from.sequence);
    }

    private void load(Segment from, int offset, int bytes) throws IOException {
        if (window.capacity() < bytes) {
            window = ByteBuffer.allocate(bytes);
        }
        segment = from;
        start = offset;
        window.clear().limit(Math.min(bytes, from.size - offset));
        from.file.readFully(window, offset);
        window.flip();
    }
}
