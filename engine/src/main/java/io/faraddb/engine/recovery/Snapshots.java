package io.faraddb.engine.recovery;

import io.faraddb.engine.control.ControlLog;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.site.PartitionImage;
import io.faraddb.engine.site.SiteThread;
import io.faraddb.engine.snapshot.SnapshotBuilder;
import io.faraddb.engine.snapshot.SnapshotFile;
import io.faraddb.engine.snapshot.SnapshotFileWriter;
import io.faraddb.engine.snapshot.SnapshotManifest;
import io.faraddb.engine.snapshot.SnapshotProgress;
import io.faraddb.engine.snapshot.SnapshotStore;
import io.faraddb.engine.time.TimeSource;
import io.faraddb.engine.txn.Transactions;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshots of a running database. */
public final class Snapshots implements AutoCloseable {

    /** The newest ones that nobody may delete: the logs reach back to the older of them. */
    private static final int NEEDED = 2;

    private static final int SCHEMA_TRIES_MAX = 100;
    private static final long SCHEMA_WAIT_NANOS = 50_000_000;
    private static final long CHECK_SECONDS = 1;
    private static final long PAUSE_AFTER_FAILURE_NANOS = 60_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private final SnapshotStore store;
    private final Transactions transactions;
    private final ControlLog control;
    private final int controlPartition;
    private final SnapshotPolicy policy;
    private final TimeSource time;
    private final SnapshotStats stats = new SnapshotStats();
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("farad-snapshot").factory());
    private volatile @Nullable SnapshotRun latest;
    private volatile @Nullable SnapshotBuilder writing;

    // The worker's own.
    private long lastNanos;
    private long lastBytes;
    private long pausedUntilNanos;

    /**
     * @param controlPartition number of the partition that keeps the catalog
     */
    public Snapshots(
            SnapshotStore store,
            Transactions transactions,
            ControlLog control,
            int controlPartition,
            SnapshotPolicy policy,
            TimeSource time) {
        this.store = store;
        this.transactions = transactions;
        this.control = control;
        this.controlPartition = controlPartition;
        this.policy = policy;
        this.time = time;
        this.lastNanos = time.nanoTime();
        this.pausedUntilNanos = lastNanos;
    }

    /** Begins to take snapshots by the policy. */
    public void start() {
        List<SnapshotManifest> found = store.list();
        if (!found.isEmpty()) {
            stats.found(found.getLast());
        }
        forgetOldEntries(found);
        var unused =
                worker.scheduleWithFixedDelay(
                        this::takeIfDue, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private void takeIfDue() {
        long now = time.nanoTime();
        boolean paused = now - pausedUntilNanos < 0;
        if (!paused && policy.due(now - lastNanos, bytesApplied() - lastBytes)) {
            try {
                write(begin("", false));
            } catch (SqlException busy) {
                LOG.debug("A snapshot is being written already", busy);
            }
        }
    }

    private long bytesApplied() {
        return transactions.partitions().sites().stream()
                .mapToLong(site -> site.stats().bytesApplied())
                .sum();
    }

    /** A snapshot that was begun. */
    private record Begun(SnapshotRun run, SnapshotBuilder builder) {}

    private Begun begin(String label, boolean kept) {
        SnapshotRun run = new SnapshotRun(label, kept, time.epochMicros());
        SnapshotBuilder builder = store.begin(label, kept, run);
        run.begins(builder.snapshot());
        latest = run;
        return new Begun(run, builder);
    }

    /**
     * Takes a snapshot now, which stays until somebody deletes it.
     *
     * @param label for people; may be empty
     * @return what tells how far it is
     * @throws SqlException OBJECT_IN_USE if one is being written
     */
    public SnapshotRun create(String label) {
        Begun begun = begin(label, true);
        worker.execute(() -> write(begun));
        return begun.run();
    }

    private void write(Begun begun) {
        long began = time.nanoTime();
        SnapshotRun run = begun.run();
        writing = begun.builder();
        try (SnapshotBuilder builder = begun.builder()) {
            long bytes = bytesApplied();
            Moment moment = moment();
            run.holds(moment.images().stream().mapToLong(PartitionImage::rowCount).sum());
            SnapshotManifest manifest = write(moment, builder);
            lastBytes = bytes;
            lastNanos = began;
            stats.completed(manifest, time.nanoTime() - began);
            forgetOldEntries(store.list());
            run.completed(manifest);
            LOG.info(
                    "Snapshot {} is complete, rows={} bytes={}",
                    manifest.snapshot(),
                    manifest.rows(),
                    manifest.bytes());
        } catch (RuntimeException failure) {
            pausedUntilNanos = time.nanoTime() + PAUSE_AFTER_FAILURE_NANOS;
            stats.failed();
            run.failed(asSqlException(failure));
            report(run.number(), failure);
        } finally {
            writing = null;
        }
    }

    /** An answer says it all in a line; anything else is a defect, whose trace is needed. */
    private static void report(long number, RuntimeException failure) {
        if (failure instanceof SqlException answer) {
            LOG.warn("Snapshot {} failed: {}", number, answer.line());
        } else {
            LOG.error("Snapshot {} failed", number, failure);
        }
    }

    private static SqlException asSqlException(RuntimeException failure) {
        return failure instanceof SqlException sql
                ? sql
                : new SqlException(ErrorCode.INTERNAL_ERROR, "the snapshot failed: " + failure);
    }

    private SnapshotManifest write(Moment moment, SnapshotBuilder builder) {
        long version = moment.control().catalog().version();
        LogPosition position = moment.control().position();
        try (SnapshotFileWriter file = builder.partition(controlPartition, position, version)) {
            CatalogSection.write(moment.control().catalog(), file);
            var unused = file.finish();
        }
        for (PartitionImage image : moment.images()) {
            try (SnapshotFileWriter file =
                    builder.partition(
                            image.partition(), image.position(), image.catalogVersion())) {
                image.writeTo(file);
                var unused = file.finish();
            }
        }
        return builder.commit();
    }

    /** The whole database at one moment. */
    private record Moment(ControlLog.Image control, List<PartitionImage> images) {

        boolean hasOneSchema() {
            return images.stream()
                    .allMatch(image -> image.catalogVersion() == control.catalog().version());
        }
    }

    /** A moment between two schema changes. */
    private Moment moment() {
        for (int attempt = 0; attempt < SCHEMA_TRIES_MAX; attempt++) {
            List<PartitionImage> images = transactions.images();
            Moment moment = new Moment(control.image(), images);
            if (moment.hasOneSchema()) {
                return moment;
            }
            LockSupport.parkNanos(this, SCHEMA_WAIT_NANOS);
        }
        throw new SqlException(
                        ErrorCode.OBJECT_IN_USE, "the schema changes all the time: no snapshot")
                .hint("Try again when the schema change is done.");
    }

    private void forgetOldEntries(List<SnapshotManifest> whole) {
        if (whole.size() < NEEDED) {
            return;
        }
        for (SnapshotFile file : whole.get(whole.size() - NEEDED).files()) {
            if (file.partition() == controlPartition) {
                control.truncateThrough(file.position());
            } else {
                SiteThread site = transactions.partitions().site(file.partition());
                site.truncateLog(file.position());
            }
        }
    }

    /** All complete ones, the oldest first. */
    public List<SnapshotManifest> list() {
        return store.list();
    }

    /** The one that is being written, or else the last one that was; null if there was none. */
    public @Nullable SnapshotRun latest() {
        return latest;
    }

    /**
     * @throws SqlException UNDEFINED_OBJECT if there is none of that number
     */
    public SnapshotManifest find(long snapshot) {
        return store.list().stream()
                .filter(manifest -> manifest.snapshot() == snapshot)
                .findFirst()
                .orElseThrow(() ->
                        new SqlException(
                                ErrorCode.UNDEFINED_OBJECT,
                                "snapshot " + snapshot + " does not exist"));
    }

    /**
     * Reads all of a snapshot's files. Takes as long as that takes.
     *
     * @throws SqlException DATA_CORRUPTED with the first fault
     */
    public void verify(long snapshot) {
        store.verify(find(snapshot), SnapshotProgress.NONE);
    }

    /**
     * Deletes a snapshot.
     *
     * @throws SqlException OBJECT_IN_USE for one of the two newest
     */
    public void delete(long snapshot) {
        SnapshotManifest manifest = find(snapshot);
        List<SnapshotManifest> whole = store.list();
        if (whole.indexOf(manifest) >= whole.size() - NEEDED) {
            throw new SqlException(
                            ErrorCode.OBJECT_IN_USE,
                            "snapshot " + snapshot + " is needed for the next start")
                    .detail("The logs go on from the two newest snapshots.")
                    .hint("Take newer ones first: farad snapshot create.");
        }
        store.delete(snapshot);
    }

    public SnapshotStats stats() {
        return stats;
    }

    /** Cancels what is being written; takes no more. */
    @Override
    public void close() {
        worker.shutdown();
        SnapshotBuilder builder = writing;
        if (builder != null) {
            builder.cancel();
        }
        worker.close();
    }
}
