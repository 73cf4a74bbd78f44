package io.faraddb.engine.txn;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.ring.TokenRing;
import io.faraddb.engine.sql.exec.Views;
import io.faraddb.engine.storage.Overlay;
import io.faraddb.engine.storage.PartitionView;
import io.faraddb.engine.storage.ReadSet;
import io.faraddb.engine.storage.StoreSnapshot;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A transaction that reads snapshots and writes overlays, and holds no partition meanwhile. One
 * thread at a time.
 *
 * <p>Its snapshots are one consistent cut. When it touches a further partition, a new cut of all
 * its partitions is taken and what it has read is checked against it, so what it sees was true at
 * one moment, always.
 */
public final class OptimisticTransaction implements Views {

    private final Partitions partitions;
    private final Cuts cuts;
    private final Map<Integer, Part> parts = new TreeMap<>();
    private final Catalog catalog;
    private final int home;
    private boolean validate = true;

    /** What it has of one partition. */
    static final class Part {
        private final ReadSet reads = new ReadSet();
        private final Overlay writes = new Overlay();
        private StoreSnapshot snapshot;
        private PartitionView view;

        Part(StoreSnapshot snapshot) {
            this.snapshot = snapshot;
            this.view = PartitionView.optimistic(snapshot, writes, reads);
        }

        private void moveTo(StoreSnapshot later) {
            snapshot = later;
            view = PartitionView.optimistic(later, writes, reads);
        }

        ReadSet reads() {
            return reads;
        }

        Overlay writes() {
            return writes;
        }

        StoreSnapshot snapshot() {
            return snapshot;
        }
    }

    OptimisticTransaction(Partitions partitions, Cuts cuts, Catalog catalog) {
        this.partitions = partitions;
        this.cuts = cuts;
        this.catalog = catalog;
        this.home = partitions.any();
    }

    /**
     * Makes partitions readable. Waits for their sites.
     *
     * @throws SqlException 40001 if what was read before has changed meanwhile, or the schema has
     */
    public void touch(Set<Integer> wanted) {
        if (parts.keySet().containsAll(wanted)) {
            return;
        }
        Set<Integer> all = new TreeSet<>(parts.keySet());
        all.addAll(wanted);
        Map<Integer, StoreSnapshot> snapshots = cuts.take(all);
        if (snapshots.values().stream().anyMatch(this::isOfAnotherSchema)) {
            throw schemaChanged();
        }
        for (Map.Entry<Integer, StoreSnapshot> entry : snapshots.entrySet()) {
            StoreSnapshot snapshot = entry.getValue();
            Part part = parts.get(entry.getKey());
            if (part == null) {
                parts.put(entry.getKey(), new Part(snapshot));
            } else {
                boolean valid =
                        !validate
                                || part.reads.stillValid(PartitionView.of(snapshot), part.snapshot);
                if (!valid) {
                    throw conflict();
                }
                part.moveTo(snapshot);
            }
        }
    }

    private boolean isOfAnotherSchema(StoreSnapshot snapshot) {
        return snapshot.catalogVersion() != catalog.version();
    }

    /** Makes all partitions readable. */
    public void touchAll() {
        Set<Integer> all = new TreeSet<>();
        for (int i = 0; i < partitions.ring().partitions(); i++) {
            all.add(i);
        }
        touch(all);
    }

    /** What is committed in the partitions that are readable, without what it writes itself. */
    public Views snapshots() {
        return viewsOf(part -> PartitionView.of(part.snapshot));
    }

    private Views viewsOf(Function<Part, PartitionView> view) {
        Map<Integer, PartitionView> views = new TreeMap<>();
        parts.forEach((partition, part) -> views.put(partition, view.apply(part)));
        return new SnapshotViews(ring(), views);
    }

    static SqlException conflict() {
        return new SqlException(
                        ErrorCode.SERIALIZATION_FAILURE,
                        "could not serialize access due to concurrent update")
                .hint("The transaction might succeed if retried.");
    }

    /** What it goes by is no longer the schema, or not yet everywhere. */
    public static SqlException schemaChanged() {
        return new SqlException(
                        ErrorCode.SERIALIZATION_FAILURE,
                        "the schema has changed since the transaction began")
                .hint("The transaction might succeed if retried.");
    }

    /** Switches validation off: only to show in a test that it is what keeps order. */
    public void withoutValidation() {
        validate = false;
    }

    /** The schema that all its statements go by. */
    public Catalog catalog() {
        return catalog;
    }

    long catalogVersion() {
        return catalog.version();
    }

    boolean validates() {
        return validate;
    }

    Map<Integer, Part> parts() {
        return parts;
    }

    public boolean hasWrites() {
        return parts.values().stream().anyMatch(part -> !part.writes.isEmpty());
    }

    @Override
    public TokenRing ring() {
        return partitions.ring();
    }

    @Override
    public PartitionView view(int partition) {
        return Invariant.notNull(parts.get(partition), "a partition is touched before it is read")
                .view;
    }

    @Override
    public Views frozen() {
        return viewsOf(part -> part.view.frozen());
    }

    /** One that is touched already if there is one. */
    @Override
    public int anyPartition() {
        return parts.isEmpty() ? home : parts.keySet().iterator().next();
    }

    @Override
    public int partitionForNewRow() {
        return anyPartition();
    }

    @Override
    public long nextRowId(int partition) {
        return partitions.rowIds().next(partition);
    }
}
