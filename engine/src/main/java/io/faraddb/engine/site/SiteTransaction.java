package io.faraddb.engine.site;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.storage.PartitionView;
import org.jspecify.annotations.Nullable;

/** A transaction of one partition, run by its site from the first statement to the last. */
public interface SiteTransaction {

    /** Whether it only reads: then it sees the committed tree and is answered at once. */
    boolean readOnly();

    /**
     * Runs it, on the site's thread. May be called again after it ran into a row of a prepared
     * transaction, once that is decided.
     *
     * @param catalogVersion of the catalog that the site goes by
     * @throws SqlException to undo all of it
     */
    void execute(PartitionView view, long catalogVersion);

    /**
     * It is done, on the site's thread: what it wrote is durable, or it failed.
     *
     * @param failure null if it has succeeded
     */
    void completed(@Nullable SqlException failure);
}
