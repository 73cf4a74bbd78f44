package io.faraddb.node.rest;

import io.faraddb.console.snapshot.Snapshot;
import io.faraddb.console.snapshot.SnapshotSource;
import java.net.URI;
import java.util.List;
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

    private final SnapshotSource snapshots;

    public SnapshotController(SnapshotSource snapshots) {
        this.snapshots = snapshots;
    }

    record SnapshotList(List<Snapshot> snapshots) {}

    /** What is asked for. */
    record Wish(@Nullable String label) {}

    /** Complete ones, the oldest first, then the one that is being written or has failed. */
    @GetMapping
    SnapshotList list() {
        return new SnapshotList(snapshots.list());
    }

    @GetMapping("/{id}")
    Snapshot find(@PathVariable long id) {
        return snapshots.find(id);
    }

    @PostMapping
    ResponseEntity<Snapshot> create(@RequestBody(required = false) @Nullable Wish wish) {
        String label = wish == null || wish.label() == null ? "" : wish.label();
        Snapshot begun = snapshots.create(label);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/snapshots/" + begun.id()))
                .body(begun);
    }

    @PostMapping("/{id}/verify")
    Snapshot verify(@PathVariable long id) {
        return snapshots.verify(id);
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable long id) {
        snapshots.delete(id);
        return ResponseEntity.noContent().build();
    }
}
