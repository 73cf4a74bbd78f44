package io.faraddb.node.pgwire.connection;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a client is to be told, in its turn. Lives on the connection's event loop. */
interface Answer {

    /** How far it got. */
    enum Progress {
        DONE,
        /** Waits for the engine: {@link #pending} tells, or its events do. */
        WAITING,
        /** The client has to read before there is more. */
        FULL,
        /** Done, and told of a failure: nothing is answered until the next sync. */
        FAILED
    }

    /** Writes what it can, from where it stopped. */
    Progress write(Output out);

    /** What it waits for; null if it never waits. */
    default @Nullable CompletableFuture<?> pending() {
        return null;
    }

    /**
     * In the place of {@link #write} after a failure.
     *
     * @return DONE, or WAITING if it can't be left out yet
     */
    default Progress skip() {
        return Progress.DONE;
    }

    /** Whether answers go on with it after a failure. */
    default boolean isSync() {
        return false;
    }
}
