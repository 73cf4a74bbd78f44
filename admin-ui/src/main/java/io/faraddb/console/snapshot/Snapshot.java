package io.faraddb.console.snapshot;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot on disk.
 *
 * @param state complete, writing or failed
 * @param kept whether it stays until somebody deletes it
 * @param restored whether the next start puts it in the place of everything
 * @param progress while it is being written
 * @param error why it failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Snapshot(
        long id,
        String state,
        Instant createdAt,
        String label,
        boolean kept,
        boolean restored,
        long rows,
        long bytes,
        List<Part> partitions,
        @Nullable Progress progress,
        @Nullable String error) {

    /**
     * A file of it.
     *
     * @param partition -1 for the one that keeps the schema
     * @param index of the log's last entry in it
     */
    public record Part(int partition, long index, long rows, long bytes) {}

    /**
     * How far it is.
     *
     * @param rowsTotal 0 until it is known
     */
    public record Progress(long rows, long bytes, long rowsTotal) {}
}
