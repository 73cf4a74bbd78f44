package io.faraddb.engine;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.log.LogPosition;
import io.faraddb.engine.log.PartitionLog;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Stands between a log and its listener and passes on what a subclass does not change. */
public abstract class ForwardingLog implements PartitionLog, PartitionLog.Listener {

    private final PartitionLog log;
    private volatile @Nullable Listener listener;

    protected ForwardingLog(PartitionLog log) {
        this.log = log;
    }

    private Listener listener() {
        return Invariant.notNull(listener, "a log that is started has a listener");
    }

    @Override
    public LogPosition endAtOpen() {
        return log.endAtOpen();
    }

    @Override
    public void start(LogPosition after, Listener newListener) {
        listener = newListener;
        log.start(after, this);
    }

    @Override
    public CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
        return log.append(position, entry);
    }

    @Override
    public CompletableFuture<LogPosition> appendDecision(LogPosition position, byte[] entry) {
        return log.appendDecision(position, entry);
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        return log.readBarrier();
    }

    @Override
    public void truncateThrough(LogPosition position) {
        log.truncateThrough(position);
    }

    @Override
    public void close() {
        log.close();
    }

    @Override
    public void committed(LogPosition position, byte[] entry) {
        listener().committed(position, entry);
    }

    @Override
    public void replayed(LogPosition last) {
        listener().replayed(last);
    }

    @Override
    public void leadership(boolean leads, long term) {
        listener().leadership(leads, term);
    }

    @Override
    public void failed(Throwable cause) {
        listener().failed(cause);
    }

    @Override
    public void behind(LogPosition through) {
        listener().behind(through);
    }
}
