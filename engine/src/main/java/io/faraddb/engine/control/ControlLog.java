package io.faraddb.engine.control;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.catalog.CatalogChange;
import io.faraddb.engine.catalog.CatalogCodec;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.engine.schema.CatalogStore;
import io.faraddb.engine.txn.Waits;
import java.util.concurrent.CompletableFuture;

/**
 * The catalog, kept in a log of its own. Entries are changes; the catalog is their fold. Changed by
 * one thread at a time, read by all.
 */
public final class ControlLog implements CatalogStore, PartitionLog.Listener {

    private final PartitionLog log;
    private final CompletableFuture<Void> leading = new CompletableFuture<>();
    private volatile Catalog catalog;
    private volatile long lastIndex;
    private volatile long term;

    /**
     * @param catalog as a snapshot has it; empty without one
     * @param position of that snapshot
     */
    public ControlLog(PartitionLog log, Catalog catalog, LogPosition position) {
        this.log = log;
        this.catalog = catalog;
        this.lastIndex = position.index();
        log.start(position, this);
    }

    /** The catalog and the position that makes it. */
    public record Image(Catalog catalog, LogPosition position) {}

    public Image image() {
        synchronized (log) {
            return new Image(catalog, new LogPosition(1, lastIndex));
        }
    }

    /** Completes when all earlier changes are in the catalog and others can be made. */
    public CompletableFuture<Void> leading() {
        return leading;
    }

    @Override
    public Catalog current() {
        return catalog;
    }

    @Override
    public synchronized Catalog change(CatalogChange change) {
        long index = lastIndex + 1;
        Waits.join(log.append(new LogPosition(term, index), CatalogCodec.encode(change)));
        awaitApplied(index);
        return catalog;
    }

    private void awaitApplied(long index) {
        synchronized (log) {
            try {
                while (lastIndex < index) {
                    log.wait();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new SqlException(ErrorCode.QUERY_CANCELED, "canceling statement");
            }
        }
    }

    @Override
    public void committed(LogPosition position, byte[] entry) {
        synchronized (log) {
            catalog = catalog.apply(CatalogCodec.decode(entry));
            lastIndex = position.index();
            log.notifyAll();
        }
    }

    @Override
    public void replayed(LogPosition last) {
        // Changes can be made once this replica leads, which comes next.
    }

    @Override
    public void leadership(boolean leads, long newTerm) {
        // One node leads its own control group always.
        term = newTerm;
        leading.complete(null);
    }

    @Override
    public void failed(Throwable cause) {
        leading.completeExceptionally(cause);
    }

    public void truncateThrough(LogPosition position) {
        log.truncateThrough(position);
    }
}
