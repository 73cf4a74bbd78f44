package io.faraddb.engine.replication;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/** An append from when it is issued until its outcome is known. */
final class PendingAppend {

    private static final byte[] NOTHING = {};

    private final EntryPart.Kind kind;
    private final LogPosition position;
    private final byte[] entry;
    private final CompletableFuture<LogPosition> done = new CompletableFuture<>();
    private volatile boolean appended;

    private PendingAppend(EntryPart.Kind kind, LogPosition position, byte[] entry) {
        this.kind = kind;
        this.position = position;
        this.entry = entry;
    }

    static PendingAppend entry(LogPosition position, byte[] entry) {
        return new PendingAppend(EntryPart.Kind.ENTRY, position, entry);
    }

    static PendingAppend jump(LogPosition position) {
        return new PendingAppend(EntryPart.Kind.JUMP, position, NOTHING);
    }

    EntryPart.Kind kind() {
        return kind;
    }

    LogPosition position() {
        return position;
    }

    int bytes() {
        return entry.length;
    }

    CompletableFuture<LogPosition> done() {
        return done;
    }

    /** Whether all of it is in this leader's log: from then on it can be committed. */
    boolean appended() {
        return appended;
    }

    void setAppended() {
        appended = true;
    }

    /**
     * It will not be committed by this leader any more.
     *
     * @param outcomeUnknown if a later one may
     */
    void lost(SqlException notAppended, SqlException outcomeUnknown) {
        done.completeExceptionally(appended ? outcomeUnknown : notAppended);
    }

    /**
     * The part that begins at an offset.
     *
     * @param committedThrough index of the last entry that is known to be committed
     */
    Part part(int offset, int bytesMax, long committedThrough) {
        int length = Math.min(bytesMax, entry.length - offset);
        return new Part(
                new EntryPart(
                        kind,
                        position.index(),
                        entry.length,
                        offset,
                        committedThrough,
                        ByteBuffer.wrap(entry, offset, length)));
    }

    /** One record of it. Ratis hands the object along, so the state machine finds the append. */
    final class Part implements Message {

        private final EntryPart part;
        private final ByteString content;

        private Part(EntryPart part) {
            this.part = part;
            this.content = UnsafeByteOperations.unsafeWrap(part.encode());
        }

        EntryPart part() {
            return part;
        }

        PendingAppend append() {
            return PendingAppend.this;
        }

        @Override
        public ByteString getContent() {
            return content;
        }
    }
}
