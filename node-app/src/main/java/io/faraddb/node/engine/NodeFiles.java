package io.faraddb.node.engine;

import io.faraddb.engine.Engine;
import io.faraddb.engine.snapshot.SnapshotStore;
import java.io.IOException;

/** Where the partitions' logs and the snapshots are kept. */
public interface NodeFiles {

    /** Opens those of a node. */
    Opened open() throws IOException;

    /** Usable until they are closed, which is after the engine is. */
    interface Opened extends Engine.LogSource, AutoCloseable {

        SnapshotStore snapshots();

        @Override
        void close();
    }
}
