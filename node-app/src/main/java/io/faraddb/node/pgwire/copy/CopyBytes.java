package io.faraddb.node.pgwire.copy;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;

/** The bytes of a source one by one. */
final class CopyBytes {

    static final int END = -1;

    private static final byte[] NOTHING = {};

    private final CopySource source;
    private byte[] chunk = NOTHING;
    private int at;
    private boolean ended;

    CopyBytes(CopySource source) {
        this.source = source;
    }

    /** The next byte as 0 to 255, or END. */
    int read() {
        return at < chunk.length || fill() ? chunk[at++] & 0xFF : END;
    }

    /** The next byte, which stays there. */
    int peek() {
        return at < chunk.length || fill() ? chunk[at] & 0xFF : END;
    }

    private boolean fill() {
        while (!ended && at == chunk.length) {
            byte[] next = source.next();
            ended = next == null;
            chunk = next == null ? NOTHING : next;
            at = 0;
        }
        return at < chunk.length;
    }

    /** Reads and forgets all there is: the client has to be heard out. */
    void drain() {
        while (read() != END) {
            at = chunk.length;
        }
    }

    int readShort() {
        return (short) (need() << 8 | need());
    }

    int readInt() {
        return need() << 24 | need() << 16 | need() << 8 | need();
    }

    byte[] readBytes(int length) {
        byte[] bytes = new byte[length];
        int filled = 0;
        while (filled < length) {
            if (at == chunk.length && !fill()) {
                throw endedEarly();
            }
            int part = Math.min(length - filled, chunk.length - at);
            System.arraycopy(chunk, at, bytes, filled, part);
            at += part;
            filled += part;
        }
        return bytes;
    }

    private int need() {
        int next = read();
        if (next == END) {
            throw endedEarly();
        }
        return next;
    }

    private static SqlException endedEarly() {
        return new SqlException(ErrorCode.BAD_COPY_FILE_FORMAT, "unexpected EOF in COPY data");
    }
}
