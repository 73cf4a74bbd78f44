package io.faraddb.engine.recovery;

import io.faraddb.engine.catalog.Catalog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.site.Partition;
import io.faraddb.engine.site.PartitionLoader;
import io.faraddb.engine.snapshot.SnapshotFile;
import io.faraddb.engine.snapshot.SnapshotManifest;
import io.faraddb.engine.snapshot.SnapshotProgress;
import io.faraddb.engine.snapshot.SnapshotStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the newest good snapshot. Its logs go on from there, or refuse to. */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final SnapshotStore store;
    private final int partitions;
    private final int controlPartition;
    private final RecoveryProgress progress;

    /**
     * @param controlPartition number of the partition that keeps the catalog
     */
    public Recovery(
            SnapshotStore store, int partitions, int controlPartition, RecoveryProgress progress) {
        this.store = store;
        this.partitions = partitions;
        this.controlPartition = controlPartition;
        this.progress = progress;
    }

    /**
     * A database as a snapshot has it.
     *
     * @param controlPosition the entry of the control log that made the catalog
     */
    public record Loaded(Catalog catalog, LogPosition controlPosition, List<Partition> partitions) {

        static Loaded nothing(int partitions) {
            return new Loaded(
                    Catalog.EMPTY,
                    LogPosition.START,
                    IntStream.range(0, partitions)
                            .mapToObj(id -> new Partition(id, Catalog.EMPTY))
                            .toList());
        }
    }

    /**
     * Loads the newest snapshot whose files are all good.
     *
     * @return an empty database if there is no snapshot
     * @throws SqlException DATA_CORRUPTED if there are snapshots, and none is good
     */
    public Loaded load() {
        SqlException damage = null;
        for (long snapshot : store.snapshots().reversed()) {
            try {
                return load(store.manifest(snapshot));
            } catch (SqlException e) {
                if (e.code() != ErrorCode.DATA_CORRUPTED) {
                    throw e;
                }
                LOG.error("Snapshot {} is damaged; the one before is tried", snapshot, e);
                damage = damage == null ? e : damage;
            }
        }
        if (damage != null) {
            throw damage;
        }
        return Loaded.nothing(partitions);
    }

    private Loaded load(SnapshotManifest manifest) {
        LOG.info("Loading snapshot {}, rows={}", manifest.snapshot(), manifest.rows());
        progress.loads(manifest.rows());
        SnapshotFile control = file(manifest, controlPartition);
        if (manifest.files().size() != partitions + 1) {
            throw new SqlException(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "the snapshot has %d partitions, the database has %d"
                                    .formatted(manifest.files().size() - 1, partitions))
                    .hint("Start with as many partitions as the snapshot has.");
        }
        CatalogSection section = new CatalogSection();
        store.load(control, section, SnapshotProgress.NONE);
        return new Loaded(
                section.catalog(), control.position(), loadAll(manifest, section.catalog()));
    }

    private static SnapshotFile file(SnapshotManifest manifest, int partition) {
        return manifest.files().stream()
                .filter(file -> file.partition() == partition)
                .findFirst()
                .orElseThrow(() ->
                        new SqlException(
                                ErrorCode.DATA_CORRUPTED,
                                "snapshot %d has no file of partition %d"
                                        .formatted(manifest.snapshot(), partition)));
    }

    private List<Partition> loadAll(SnapshotManifest manifest, Catalog catalog) {
        int threads = Math.min(partitions, Runtime.getRuntime().availableProcessors());
        try (ExecutorService workers =
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().name("farad-load-", 0).factory())) {
            List<CompletableFuture<Partition>> loading = new ArrayList<>();
            for (int id = 0; id < partitions; id++) {
                SnapshotFile file = file(manifest, id);
                loading.add(CompletableFuture.supplyAsync(() -> load(file, catalog), workers));
            }
            return loading.stream().map(Recovery::join).toList();
        }
    }

    private static Partition join(CompletableFuture<Partition> loading) {
        try {
            return loading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Partition load(SnapshotFile file, Catalog catalog) {
        PartitionLoader loader = new PartitionLoader(file.partition(), catalog, file.position());
        long[] before = new long[1];
        store.load(
                file,
                loader,
                (partition, rows, bytes) -> {
                    progress.loaded(rows - before[0]);
                    before[0] = rows;
                });
        return loader.finish();
    }
}
