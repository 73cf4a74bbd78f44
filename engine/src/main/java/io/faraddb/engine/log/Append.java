package io.faraddb.engine.log;

import java.util.concurrent.CompletableFuture;

/** What waits for the writer: an entry, or a step in a partition's life that keeps its order. */
record Append(
        Kind kind,
        LocalLog log,
        LogPosition position,
        byte[] entry,
        boolean urgent,
        CompletableFuture<LogPosition> done) {

    private static final byte[] NOTHING = {};

    enum Kind {
        ENTRY,
        /** The next entry follows this position: written, but not handed out. */
        JUMP,
        /** The partition has replayed up to this position and leads from now on. */
        START,
        /** The partition's listener hears nothing after this. */
        STOP
    }

    /**
     * @param urgent whether it may take the room that is kept for what others wait for
     */
    static Append entry(LocalLog log, LogPosition position, byte[] entry, boolean urgent) {
        return new Append(Kind.ENTRY, log, position, entry, urgent, new CompletableFuture<>());
    }

    static Append step(Kind kind, LocalLog log, LogPosition position) {
        return new Append(kind, log, position, NOTHING, true, new CompletableFuture<>());
    }
}
