package io.faraddb.node.engine;

import io.faraddb.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;

/** Where the partitions' logs are kept. */
public interface Logs {

    /** Opens those of a node. */
    Opened open(Path dataDir) throws IOException;

    /** Logs until they are closed, which is after the engine is. */
    interface Opened extends Engine.LogSource, AutoCloseable {
        @Override
        void close();
    }
}
