package io.faraddb.engine.snapshot;

import io.faraddb.engine.disk.Disk;
import io.faraddb.engine.disk.DiskFile;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.time.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshots of a directory. For several threads; one snapshot is written at a time. */
public final class SnapshotStore {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final String UNFINISHED = SnapshotFileWriter.UNFINISHED_PREFIX;

    private final Disk disk;
    private final TimeSource time;
    private final SnapshotSettings settings;
    private long building;

    /** Removes what earlier runs left half written. */
    public SnapshotStore(Disk disk, TimeSource time, SnapshotSettings settings) {
        this.disk = disk;
        this.time = time;
        this.settings = settings;
        try {
            Set<Long> whole = wholeSnapshots();
            for (String name : disk.list()) {
                long snapshot = SnapshotFile.snapshotOf(name);
                boolean orphan = snapshot > 0 && !whole.contains(snapshot);
                if (orphan || name.startsWith(UNFINISHED)) {
                    disk.delete(name);
                }
            }
            disk.sync();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Begins a snapshot.
     *
     * @param label for people; may be empty
     * @param kept whether it stays until somebody deletes it
     * @throws SqlException OBJECT_IN_USE if one is being written
     */
    public synchronized SnapshotBuilder begin(
            String label, boolean kept, SnapshotProgress progress) {
        if (building != 0) {
            throw new SqlException(ErrorCode.OBJECT_IN_USE, "A snapshot is being written already")
                    .hint("Wait until it is complete, or cancel it.");
        }
        if (label.getBytes(StandardCharsets.UTF_8).length > SnapshotManifest.LABEL_BYTES_MAX) {
            throw new SqlException(
                    ErrorCode.NAME_TOO_LONG,
                    "The label of a snapshot has at most "
                            + SnapshotManifest.LABEL_BYTES_MAX
                            + " bytes");
        }
        try {
            long last = 0;
            for (String name : disk.list()) {
                last = Math.max(last, SnapshotFile.snapshotOf(name));
            }
            building = last + 1;
        } catch (IOException e) {
            throw failed(e);
        }
        SnapshotManifest begun =
                new SnapshotManifest(building, time.epochMicros(), kept, label, List.of());
        WriteRate rate = new WriteRate(time, settings.bytesPerSecondMax());
        return new SnapshotBuilder(this, disk, begun, rate, progress);
    }

    /**
     * All whole snapshots, the oldest first.
     *
     * @throws SqlException DATA_CORRUPTED if a manifest is damaged: to take an older snapshot
     *     instead is for people to decide
     */
    public List<SnapshotManifest> list() {
        try {
            return wholeSnapshots().stream().map(this::manifest).toList();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Numbers of all whole snapshots, the oldest first. */
    public List<Long> snapshots() {
        try {
            return List.copyOf(wholeSnapshots());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * What a snapshot says of itself.
     *
     * @throws SqlException DATA_CORRUPTED if that is damaged
     */
    public SnapshotManifest manifest(long snapshot) {
        try (DiskFile file = disk.open(SnapshotManifest.nameOf(snapshot))) {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.readFully(bytes, 0);
            return SnapshotManifest.decode(bytes.flip(), snapshot);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private Set<Long> wholeSnapshots() throws IOException {
        Set<Long> found = new TreeSet<>();
        for (String name : disk.list()) {
            if (name.endsWith(SnapshotManifest.SUFFIX) && SnapshotFile.snapshotOf(name) > 0) {
                found.add(SnapshotFile.snapshotOf(name));
            }
        }
        return found;
    }

    /**
     * Reads all files of a snapshot to the last byte.
     *
     * @throws SqlException DATA_CORRUPTED with the first fault; UNDEFINED_OBJECT if the snapshot is
     *     deleted meanwhile
     */
    public void verify(SnapshotManifest manifest, SnapshotProgress progress) {
        try {
            verifyFiles(manifest, progress);
        } catch (SqlException e) {
            throw snapshots().contains(manifest.snapshot())
                    ? e
                    : SnapshotErrors.deleted(manifest.snapshot());
        }
    }

    private void verifyFiles(SnapshotManifest manifest, SnapshotProgress progress) {
        for (SnapshotFile file : manifest.files()) {
            try (SnapshotFileReader reader = reader(file, progress)) {
                reader.verify();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /**
     * Hands out what a partition's file holds, after all of it was verified.
     *
     * @throws SqlException DATA_CORRUPTED before the sink has got anything
     */
    public void load(SnapshotFile file, SnapshotSink sink, SnapshotProgress progress) {
        try (SnapshotFileReader reader = reader(file, progress)) {
            reader.verify();
            reader.read(sink);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private SnapshotFileReader reader(SnapshotFile file, SnapshotProgress progress)
            throws IOException {
        if (!disk.list().contains(file.name())) {
            throw SnapshotErrors.damaged(file.name(), 0, "it is missing");
        }
        return new SnapshotFileReader(disk, file, progress);
    }

    /** Deletes a snapshot. */
    public synchronized void delete(long snapshot) {
        try {
            disk.delete(SnapshotManifest.nameOf(snapshot));
            disk.sync();
            deleteFiles(snapshot);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void deleteFiles(long snapshot) throws IOException {
        for (String name : disk.list()) {
            boolean unfinished = name.startsWith(UNFINISHED);
            String finalName = unfinished ? name.substring(UNFINISHED.length()) : name;
            if (SnapshotFile.snapshotOf(finalName) == snapshot) {
                disk.delete(name);
            }
        }
        disk.sync();
    }

    synchronized void commit(SnapshotManifest manifest) {
        String name = SnapshotManifest.nameOf(manifest.snapshot());
        try {
            disk.delete(UNFINISHED + name);
            try (DiskFile file = disk.create(UNFINISHED + name)) {
                file.writeFully(manifest.encode(), 0);
                file.sync();
            }
            disk.rename(UNFINISHED + name, name);
            disk.sync();
        } catch (IOException e) {
            throw failed(e);
        }
        building = 0;
        deleteOld();
    }

    /** The new snapshot is good whether this succeeds or not; the next one tries again. */
    private void deleteOld() {
        try {
            List<SnapshotManifest> mayGo =
                    list().stream().filter(manifest -> !manifest.kept()).toList();
            int old = Math.max(0, mayGo.size() - settings.keep());
            mayGo.subList(0, old).forEach(manifest -> delete(manifest.snapshot()));
        } catch (SqlException e) {
            LOG.atWarn().setCause(e).log("An old snapshot could not be deleted");
        }
    }

    synchronized void abandon(long snapshot) {
        try {
            delete(snapshot);
        } finally {
            building = 0;
        }
    }

    private SqlException failed(IOException cause) {
        return SnapshotErrors.failed("The snapshots in " + disk + " can't be used", cause);
    }
}
