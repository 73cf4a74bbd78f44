package io.faraddb.node.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.recovery.SnapshotRun;
import io.faraddb.engine.recovery.Snapshots;
import io.faraddb.engine.snapshot.SnapshotManifest;
import io.faraddb.node.engine.NodeEngine;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Snapshots on disk: taken, listed, verified, deleted. */
@RestController
@RequestMapping("/api/v1/snapshots")
public final class SnapshotController {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private final NodeEngine node;

    public SnapshotController(NodeEngine node) {
        this.node = node;
    }

    record SnapshotList(List<Snapshot> snapshots) {}

    /**
     * @param state complete, writing or failed
     * @param kept whether it stays until somebody deletes it
     * @param progress while it is being written
     * @param error why it failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Snapshot(
            long id,
            String state,
            Instant createdAt,
            String label,
            boolean kept,
            long rows,
            long bytes,
            List<Part> partitions,
            @Nullable Progress progress,
            @Nullable String error) {}

    /**
     * @param partition -1 for the one that keeps the schema
     * @param index of the log's last entry in it
     */
    record Part(int partition, long index, long rows, long bytes) {}

    /**
     * @param rowsTotal 0 until it is known
     */
    record Progress(long rows, long bytes, long rowsTotal) {}

    /** What is asked for. */
    record Wish(@Nullable String label) {}

    private Snapshots snapshots() {
        return node.engine().snapshotsOnDisk();
    }

    /** Complete ones, the oldest first, then the one that is being written or has failed. */
    @GetMapping
    SnapshotList list() {
        List<Snapshot> all = new ArrayList<>();
        snapshots().list().forEach(manifest -> all.add(of(manifest)));
        SnapshotRun latest = snapshots().latest();
        if (latest != null && latest.state() != SnapshotRun.State.COMPLETE) {
            all.add(of(latest));
        }
        return new SnapshotList(all);
    }

    @GetMapping("/{id}")
    Snapshot find(@PathVariable long id) {
        SnapshotRun latest = snapshots().latest();
        boolean unfinished =
                latest != null
                        && latest.number() == id
                        && latest.state() != SnapshotRun.State.COMPLETE;
        return latest != null && unfinished ? of(latest) : of(snapshots().find(id));
    }

    @PostMapping
    ResponseEntity<Snapshot> create(@RequestBody(required = false) @Nullable Wish wish) {
        String label = wish == null || wish.label() == null ? "" : wish.label();
        SnapshotRun run = snapshots().create(label);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/snapshots/" + run.number()))
                .body(of(run));
    }

    @PostMapping("/{id}/verify")
    Snapshot verify(@PathVariable long id) {
        snapshots().verify(id);
        return find(id);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable long id) {
        snapshots().delete(id);
        return ResponseEntity.noContent().build();
    }

    private static Snapshot of(SnapshotManifest manifest) {
        List<Part> parts =
                manifest.files().stream()
                        .map(file ->
                                new Part(
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
                new Progress(run.rows(), run.bytes(), run.rowsTotal()),
                failure == null ? null : failure.text());
    }

    private static String name(SnapshotRun.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND * NANOS_PER_MICRO);
    }
}
