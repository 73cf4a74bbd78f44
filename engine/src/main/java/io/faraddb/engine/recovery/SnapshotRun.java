package io.faraddb.engine.recovery;

import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.snapshot.SnapshotManifest;
import io.faraddb.engine.snapshot.SnapshotProgress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A snapshot that is being written, or was. Read by any thread. */
public final class SnapshotRun implements SnapshotProgress {

    private final String label;
    private final boolean kept;
    private final long begunMicros;
    private final Map<Integer, Written> written = new ConcurrentHashMap<>();
    private final CompletableFuture<SnapshotManifest> done = new CompletableFuture<>();
    private volatile long number;
    private volatile long rowsTotal;
    private volatile @Nullable SqlException failure;

    private record Written(long rows, long bytes) {}

    /** How it stands. */
    public enum State {
        /** Files are being written. */
        WRITING,
        /** It is there whole. */
        COMPLETE,
        /** Nothing is left of it. */
        FAILED
    }

    SnapshotRun(String label, boolean kept, long begunMicros) {
        this.label = label;
        this.kept = kept;
        this.begunMicros = begunMicros;
    }

    void begins(long newNumber) {
        number = newNumber;
    }

    void holds(long rows) {
        rowsTotal = rows;
    }

    @Override
    public void advanced(int partition, long rows, long bytes) {
        written.put(partition, new Written(rows, bytes));
    }

    void completed(SnapshotManifest manifest) {
        done.complete(manifest);
    }

    void failed(SqlException cause) {
        failure = cause;
        done.completeExceptionally(cause);
    }

    public long number() {
        return number;
    }

    public String label() {
        return label;
    }

    public boolean kept() {
        return kept;
    }

    public long begunMicros() {
        return begunMicros;
    }

    public State state() {
        if (failure != null) {
            return State.FAILED;
        }
        return done.isDone() ? State.COMPLETE : State.WRITING;
    }

    /** Why it has failed; null if it has not. */
    public @Nullable SqlException failure() {
        return failure;
    }

    /** Rows written until now. */
    public long rows() {
        return written.values().stream().mapToLong(Written::rows).sum();
    }

    /** Bytes written until now. */
    public long bytes() {
        return written.values().stream().mapToLong(Written::bytes).sum();
    }

    /** Rows that it will hold; 0 until that is known. */
    public long rowsTotal() {
        return rowsTotal;
    }

    /** Completes with the manifest, or fails with SqlException. */
    public CompletableFuture<SnapshotManifest> done() {
        return done.copy();
    }
}
