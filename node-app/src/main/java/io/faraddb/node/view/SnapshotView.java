package io.faraddb.node.view;

import io.faraddb.console.snapshot.Snapshot;
import io.faraddb.console.snapshot.SnapshotSource;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.recovery.SnapshotRun;
import io.faraddb.engine.recovery.Snapshots;
import io.faraddb.engine.snapshot.SnapshotManifest;
import io.faraddb.node.engine.NodeEngine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Snapshots on disk. */
@Component
public final class SnapshotView implements SnapshotSource {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final NodeEngine node;

    public SnapshotView(NodeEngine node) {
        this.node = node;
    }

    private Snapshots snapshots() {
        return node.engine().snapshotsOnDisk();
    }

    @Override
    public List<Snapshot> list() {
        List<Snapshot> all = new ArrayList<>();
        snapshots().list().forEach(manifest -> all.add(of(manifest)));
        SnapshotRun latest = snapshots().latest();
        if (latest != null && latest.state() != SnapshotRun.State.COMPLETE) {
            all.add(of(latest));
        }
        return all;
    }

    @Override
    public Snapshot find(long id) {
        SnapshotRun latest = snapshots().latest();
        boolean unfinished =
                latest != null
                        && latest.number() == id
                        && latest.state() != SnapshotRun.State.COMPLETE;
        return latest != null && unfinished ? of(latest) : of(snapshots().find(id));
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

    private static Snapshot of(SnapshotManifest manifest) {
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
