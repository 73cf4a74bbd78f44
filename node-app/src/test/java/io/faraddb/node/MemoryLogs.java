package io.faraddb.node;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.SqlException;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import io.faraddb.node.engine.Logs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Logs that commit at once and forget all. */
final class MemoryLogs implements Logs {

    @Override
    public Opened open(Path dataDir) {
        return new Opened() {
            @Override
            public PartitionLog open(int partition) {
                return new MemoryLog();
            }

            @Override
            public void close() {}
        };
    }

    private static final class MemoryLog implements PartitionLog {
        private final List<byte[]> entries = new ArrayList<>();
        private Listener listener;

        @Override
        public synchronized void start(LogPosition after, Listener newListener) {
            listener = newListener;
            listener.replayed(new LogPosition(1, entries.size()));
            listener.leadership(true, 1);
        }

        @Override
        public synchronized CompletableFuture<LogPosition> append(long index, byte[] entry) {
            if (index != entries.size() + 1) {
                return CompletableFuture.failedFuture(
                        new SqlException(ErrorCode.INTERNAL_ERROR, "a gap in the log"));
            }
            entries.add(entry);
            LogPosition position = new LogPosition(1, index);
            listener.committed(position, entry);
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
}
