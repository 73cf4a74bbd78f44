package io.faraddb.node.view;

import io.faraddb.console.snapshot.Snapshot;
import io.faraddb.console.snapshot.SnapshotSource;
import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.recovery.SnapshotRun;
import io.faraddb.engine.recovery.Snapshots;
import io.faraddb.engine.snapshot.SnapshotManifest;
import io.faraddb.node.engine.NodeEngine;
import io.faraddb.node.engine.SnapshotRestore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Snapshots on disk. */
@Component
public final class SnapshotView implements SnapshotSource {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final NodeEngine node;
    private final SnapshotRestore restore;

    public SnapshotView(NodeEngine node, SnapshotRestore restore) {
        this.node = node;
        this.restore = restore;
    }

    private Snapshots snapshots() {
        return node.engine().snapshotsOnDisk();
    }

    @Override
    public List<Snapshot> list() {
        // Looked at before the disk: what is complete by then is there.
        Snapshot unfinished = unfinished();
        List<Snapshot> all = new ArrayList<>();
        snapshots().list().forEach(manifest -> all.add(of(manifest)));
        if (unfinished != null && all.stream().noneMatch(one -> one.id() == unfinished.id())) {
            all.add(unfinished);
        }
        return all;
    }

    /** The one that is being written or has failed; null if the last one is complete. */
    private @Nullable Snapshot unfinished() {
        SnapshotRun latest = snapshots().latest();
        return latest == null || latest.state() == SnapshotRun.State.COMPLETE ? null : of(latest);
    }

    @Override
    public Snapshot find(long id) {
        Snapshot unfinished = unfinished();
        return unfinished != null && unfinished.id() == id ? unfinished : of(snapshots().find(id));
    }

    @Override
    public Snapshot create(String label) {
        return of(snapshots().create(label));
    }

    @Override
    public Snapshot verify(long id) {
        snapshots().verify(id);
        return find(id);
    }

    @Override
    public void delete(long id) {
        snapshots().delete(id);
    }

    @Override
    public Snapshot restore(long id) {
        snapshots().verify(id);
        List<SnapshotManifest> wanted =
                snapshots().list().stream()
                        .filter(one -> one.snapshot() == id || one.kept() && one.snapshot() < id)
                        .toList();
        try {
            restore.request(wanted);
        } catch (IOException e) {
            throw failed("Snapshot " + id + " could not be made ready", e);
        }
        return find(id);
    }

    @Override
    public void withdrawRestore() {
        try {
            restore.withdraw();
        } catch (IOException e) {
            throw failed("The wish to restore a snapshot could not be taken back", e);
        }
    }

    private static SqlException failed(String what, IOException cause) {
        return new SqlException(ErrorCode.IO_ERROR, what + ": " + cause)
                .hint("See that the data directory can be written to and its disk has room.");
    }

    private Snapshot of(SnapshotManifest manifest) {
        List<Snapshot.Part> parts =
                manifest.files().stream()
                        .map(file ->
                                new Snapshot.Part(
                                        file.partition(),
                                        file.position().index(),
                                        file.rows(),
                                        file.bytes()))
                        .toList();
        return new Snapshot(
                manifest.snapshot(),
                name(SnapshotRun.State.COMPLETE),
                instant(manifest.createdMicros()),
                manifest.label(),
                manifest.kept(),
                Long.valueOf(manifest.snapshot()).equals(restore.requested()),
                manifest.rows(),
                manifest.bytes(),
                parts,
                null,
                null);
    }

    private static Snapshot of(SnapshotRun run) {
        SqlException failure = run.failure();
        return new Snapshot(
                run.number(),
                name(run.state()),
                instant(run.begunMicros()),
                run.label(),
                run.kept(),
                false,
                run.rows(),
                run.bytes(),
                List.of(),
                new Snapshot.Progress(run.rows(), run.bytes(), run.rowsTotal()),
                failure == null ? null : failure.line());
    }

    private static String name(SnapshotRun.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND * NANOS_PER_MICRO);
    }
}
