package io.faraddb.engine.replication;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Puts entries together from their parts. A part that does not continue what came before is passed
 * over: a leader that fell while it sent a large entry leaves the first parts of it behind, and no
 * entry comes of them.
 */
final class EntryAssembler {

    private @Nullable ByteBuffer entry;
    private long term;
    private long index;

    /**
     * @param partTerm of the leader that appended it
     * @return the entry if it is whole now
     */
    byte @Nullable [] add(EntryPart part, long partTerm) {
        if (part.offset() == 0) {
            if (part.last()) {
                entry = null;
                return bytesOf(part.content());
            }
            entry = ByteBuffer.allocate(part.entryBytes());
            term = partTerm;
            index = part.index();
        }
        ByteBuffer begun = entry;
        if (begun == null || !continues(part, partTerm, begun)) {
            return null;
        }
        begun.put(part.content().duplicate());
        if (!part.last()) {
            return null;
        }
        entry = null;
        return begun.array();
    }

    private boolean continues(EntryPart part, long partTerm, ByteBuffer begun) {
        return partTerm == term
                && part.index() == index
                && part.offset() == begun.position()
                && part.entryBytes() == begun.capacity();
    }

    private static byte[] bytesOf(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.get(content.position(), bytes);
        return bytes;
    }

    /** Forgets what is not whole. */
    void reset() {
        entry = null;
    }
}
