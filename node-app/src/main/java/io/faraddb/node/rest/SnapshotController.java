package io.faraddb.node.rest;

import io.faraddb.console.snapshot.Snapshot;
import io.faraddb.console.snapshot.SnapshotSource;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
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

/** Snapshots on disk: taken, listed, verified, restored, deleted. */
@RestController
@Tag(name = "snapshots")
@RequestMapping("/api/v1/snapshots")
public final class SnapshotController {

    private final SnapshotSource snapshots;

    public SnapshotController(SnapshotSource snapshots) {
        this.snapshots = snapshots;
    }

    record SnapshotList(List<Snapshot> snapshots) {}

    /** What is asked for. */
    record Wish(@Nullable String label) {}

    @Operation(summary = "Snapshots: the oldest first, then the one being written or failed")
    @GetMapping
    SnapshotList list() {
        return new SnapshotList(snapshots.list());
    }

    @Operation(summary = "A snapshot")
    @GetMapping("/{id}")
    Snapshot find(@PathVariable long id) {
        return snapshots.find(id);
    }

    @Operation(summary = "Begins a snapshot; one with a label stays until somebody deletes it")
    @ApiResponse(
            responseCode = "202",
            description = "It is being written",
            useReturnTypeSchema = true)
    @PostMapping
    ResponseEntity<Snapshot> create(@RequestBody(required = false) @Nullable Wish wish) {
        String label = wish == null || wish.label() == null ? "" : wish.label();
        Snapshot begun = snapshots.create(label);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/snapshots/" + begun.id()))
                .body(begun);
    }

    @Operation(summary = "Reads all of a snapshot and compares its checksums")
    @PostMapping("/{id}/verify")
    Snapshot verify(@PathVariable long id) {
        return snapshots.verify(id);
    }

    @Operation(
            summary =
                    "Has the next start of the node put a snapshot in the place of all that it"
                            + " holds, which is set aside")
    @PostMapping("/{id}/restore")
    Snapshot restore(@PathVariable long id) {
        return snapshots.restore(id);
    }

    @Operation(summary = "Takes back that the next start restores a snapshot")
    @ApiResponse(responseCode = "204", description = "It restores none")
    @DeleteMapping("/{id}/restore")
    ResponseEntity<Void> withdrawRestore(@PathVariable long id) {
        snapshots.find(id);
        snapshots.withdrawRestore();
        return ResponseEntity.noContent().build();
    }

    @Operation(summary = "Deletes a snapshot that is not needed to start from")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable long id) {
        snapshots.delete(id);
        return ResponseEntity.noContent().build();
    }
}
