package io.faraddb.node.pgwire.copy;

import org.jspecify.annotations.Nullable;

/** Where the bytes of COPY FROM come from. */
@FunctionalInterface
public interface CopySource {

    /**
     * Waits for the next bytes; they may end anywhere, also within a character.
     *
     * @return null at the end
     * @throws io.faraddb.engine.error.SqlException if the client gives up
     */
    byte @Nullable [] next();
}
