package io.faraddb.engine;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory that commits at once; a second engine can be opened on what a first one wrote.
 */
public final class MemoryLog implements PartitionLog {

    private final List<byte[]> entries;
    private @Nullable Listener listener;

    public MemoryLog(List<byte[]> entries) {
        this.entries = entries;
    }

    public MemoryLog() {
        this(new ArrayList<>());
    }

    List<byte[]> entries() {
        return entries;
    }

    @Override
    public synchronized LogPosition endAtOpen() {
        return new LogPosition(1, entries.size());
    }

    @Override
    public synchronized void start(LogPosition after, Listener newListener) {
        listener = newListener;
        for (int i = (int) after.index(); i < entries.size(); i++) {
            newListener.committed(new LogPosition(1, i + 1), entries.get(i));
        }
        newListener.replayed(new LogPosition(1, entries.size()));
        newListener.leadership(true, 1);
    }

    @Override
    public synchronized CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
        if (position.index() != entries.size() + 1) {
            return CompletableFuture.failedFuture(
                    new SqlException(ErrorCode.INTERNAL_ERROR, "a gap in the log"));
        }
        entries.add(entry);
        Invariant.notNull(listener, "a log is started").committed(position, entry);
        return CompletableFuture.completedFuture(position);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void truncateThrough(LogPosition position) {}

    @Override
    public void close() {}
}
