package io.faraddb.engine.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. Reads may come from several threads, writes from one. */
public interface DiskFile extends AutoCloseable {

    long size() throws IOException;

    /**
     * @return bytes read, or -1 at the end of the file
     */
    int read(ByteBuffer target, long position) throws IOException;

    /**
     * @return bytes written, perhaps fewer than there are
     * @throws DiskFullException when there is no room; nothing is known of what was written
     */
    int write(ByteBuffer source, long position) throws IOException;

    /**
     * Makes what was written durable. After a failure nothing is known of it, and calling again
     * proves nothing: the system may have dropped the pages that it could not write.
     */
    void sync() throws IOException;

    @Override
    void close() throws IOException;

    /** Fills the target. */
    default void readFully(ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = read(target, at);
            if (count < 0) {
                throw new EOFException("the file ends at byte " + at);
            }
            at += count;
        }
    }

    /** Writes all that remains in the source. */
    default void writeFully(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += write(source, at);
        }
    }
}
