package io.faraddb.engine.site;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.storage.Overlay;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.ReadSet;
import io.faraddb.engine.storage.StoreSnapshot;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The commit of an interactive transaction as one serial step: check what it read, write. */
final class OptimisticCommit implements SiteTransaction {

    private final Site site;
    private final @Nullable ReadSet reads;
    private final Overlay changes;
    private final StoreSnapshot snapshot;
    private final long expectedCatalogVersion;
    private final CompletableFuture<Void> done;

    OptimisticCommit(
            Site site,
            @Nullable ReadSet reads,
            Overlay changes,
            StoreSnapshot snapshot,
            long expectedCatalogVersion,
            CompletableFuture<Void> done) {
        this.site = site;
        this.reads = reads;
        this.changes = changes;
        this.snapshot = snapshot;
        this.expectedCatalogVersion = expectedCatalogVersion;
        this.done = done;
    }

    static SqlException conflict() {
        return new SqlException(
                        ErrorCode.SERIALIZATION_FAILURE,
                        "could not serialize access due to read/write dependencies among"
                                + " transactions")
                .hint("The transaction might succeed if retried.");
    }

    @Override
    public boolean readOnly() {
        return false;
    }

    @Override
    public void execute(PartitionView view, long catalogVersion) {
        if (catalogVersion != expectedCatalogVersion) {
            throw conflict();
        }
        Prepares.checkReserved(site, changes, reads);
        if (reads != null && !reads.stillValid(view, snapshot)) {
            throw conflict();
        }
        view.putAll(changes);
    }

    @Override
    public void completed(@Nullable SqlException failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }
}
