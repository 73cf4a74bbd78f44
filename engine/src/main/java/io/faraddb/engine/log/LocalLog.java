package io.faraddb.engine.log;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's face of a node's log. What was there is handed out by a thread of its own, so
 * partitions replay side by side and a listener may take its time; then the writer takes over.
 */
final class LocalLog implements PartitionLog {

    /** There are no elections. */
    static final long TERM = 1;

    private static final Logger LOG = LoggerFactory.getLogger(LocalLog.class);

    private enum State {
        /** Nothing was handed out yet. */
        NEW,
        /** Entries of earlier runs are handed out. */
        REPLAYING,
        /** Appends are taken. */
        LEADING,
        /** Closed in order. */
        CLOSED,
        /** The log, or the listener, has failed. */
        FAILED
    }

    private final int partition;
    private final LocalLogStore store;
    private final AppendQueue queue;
    private final LogPosition endAtOpen;
    private @Nullable PartitionEntries entries;
    private @Nullable Listener listener;
    private @Nullable Thread replayThread;
    private volatile boolean closing;
    private volatile State state = State.NEW;
    private volatile long truncatedThrough;
    private volatile long voidBefore;

    // The writer's own, once it runs.
    private LogPosition last;
    private long lastSegment;
    private @Nullable SqlException refusal;

    LocalLog(int partition, LocalLogStore store, AppendQueue queue, PartitionEntries entries) {
        this.partition = partition;
        this.store = store;
        this.queue = queue;
        this.entries = entries;
        this.endAtOpen = entries.last();
        this.last = endAtOpen;
        this.voidBefore = entries.voidBefore();
    }

    int partition() {
        return partition;
    }

    @Override
    public LogPosition endAtOpen() {
        return endAtOpen;
    }

    @Override
    public synchronized void start(LogPosition after, Listener newListener) {
        Invariant.check(state == State.NEW, "a log is started once");
        PartitionEntries found = Invariant.notNull(entries, "entries are there until replayed");
        if (after.index() < found.base()) {
            throw new SqlException(
                            ErrorCode.DATA_CORRUPTED,
                            "The log of partition "
                                    + partition
                                    + " begins after entry "
                                    + found.base()
                                    + ", but the snapshot ends at entry "
                                    + after.index())
                    .hint("Restore the snapshot that belongs to this log, or a newer one.");
        }
        listener = newListener;
        state = State.REPLAYING;
        entries = null;
        replayThread =
                Thread.ofPlatform()
                        .daemon()
                        .name("farad-log-replay-" + partition)
                        .start(() -> replay(found, after, newListener));
    }

    private void replay(PartitionEntries found, LogPosition after, Listener to) {
        try {
            long lastIndex = found.last().index();
            long first = Math.max(after.index(), found.base()) + 1;
            EntryReader reader = new EntryReader();
            for (long index = first; index <= lastIndex && !closing; index++) {
                LogRecord.Entry entry = store.read(reader, partition, found, index);
                to.committed(entry.position(), entry.bytes());
            }
            if (closing) {
                return;
            }
            LogPosition end = found.last();
            if (after.index() > lastIndex) {
                step(Append.Kind.JUMP, after).join();
                end = after;
            }
            step(Append.Kind.START, end).join();
        } catch (Throwable e) {
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            LOG.atError()
                    .setCause(cause)
                    .log("The log of partition {} was not replayed", partition);
            state = State.FAILED;
            to.failed(cause == null ? e : cause);
        }
    }

    @Override
    public CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
        return append(position, entry, false);
    }

    @Override
    public CompletableFuture<LogPosition> appendDecision(LogPosition position, byte[] entry) {
        return append(position, entry, true);
    }

    private CompletableFuture<LogPosition> append(
            LogPosition position, byte[] entry, boolean urgent) {
        if (entry.length > ENTRY_BYTES_MAX) {
            return CompletableFuture.failedFuture(
                    new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "A log entry has at most " + ENTRY_BYTES_MAX + " bytes"));
        }
        if (state != State.LEADING) {
            return CompletableFuture.failedFuture(notLeading());
        }
        if (position.term() != TERM) {
            return CompletableFuture.failedFuture(
                    new SqlException(
                            ErrorCode.CANNOT_CONNECT_NOW,
                            "Partition " + partition + " has no term " + position.term()));
        }
        Append append = Append.entry(this, position, entry, urgent);
        return switch (queue.offer(append)) {
            case TAKEN -> append.done();
            case FULL -> {
                store.stats().queueFull();
                yield CompletableFuture.failedFuture(queueFull());
            }
            case CLOSED -> CompletableFuture.failedFuture(queue.closeReason());
        };
    }

    private CompletableFuture<LogPosition> step(Append.Kind kind, LogPosition position) {
        Append step = Append.step(kind, this, position);
        return queue.offer(step) == AppendQueue.Offer.TAKEN
                ? step.done()
                : CompletableFuture.failedFuture(queue.closeReason());
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        return state == State.LEADING
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(notLeading());
    }

    @Override
    public synchronized void truncateThrough(LogPosition position) {
        if (position.index() > truncatedThrough) {
            truncatedThrough = position.index();
            store.reclaim();
        }
    }

    @Override
    public void close() {
        closing = true;
        Thread replaying;
        synchronized (this) {
            if (state == State.NEW) {
                state = State.CLOSED;
                entries = null;
            }
            replaying = replayThread;
        }
        if (replaying != null && replaying != Thread.currentThread()) {
            store.join(replaying);
        }
        if (state == State.LEADING) {
            CompletableFuture<LogPosition> stopped = step(Append.Kind.STOP, LogPosition.START);
            if (!store.isWriter()) {
                stopped.exceptionally(failure -> LogPosition.START).join();
            }
        }
        if (state == State.REPLAYING) {
            state = State.CLOSED;
        }
    }

    /** Voids all entries, durably: the partition is not kept here any more. */
    void forget() {
        close();
        step(Append.Kind.JUMP, LogPosition.START).join();
    }

    /** Whether nobody needs this partition's entries in a segment. */
    boolean covers(Segment segment, long lastIndex) {
        return segment.sequence < voidBefore || lastIndex <= truncatedThrough;
    }

    // What follows is the writer's.

    LogPosition last() {
        return last;
    }

    @Nullable SqlException refusalOf(long index) {
        if (state != State.LEADING) {
            return notLeading();
        }
        if (index == last.index() + 1) {
            refusal = null;
            return null;
        }
        if (refusal != null) {
            return refusal;
        }
        return new SqlException(
                ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                "The log stands at entry "
                        + last.index()
                        + ", so entry "
                        + index
                        + " can't follow");
    }

    void appended(LogPosition position, long segment) {
        last = position;
        lastSegment = segment;
    }

    /** The entry with this index, and what followed, is not in the log. */
    void undo(long index) {
        if (index <= last.index()) {
            last = new LogPosition(last.term(), index - 1);
        }
    }

    /** Appends that were issued before their sender knows of this failure fail like it. */
    void refused(SqlException cause) {
        refusal = cause;
    }

    void noteLastIn(Segment segment) {
        if (lastSegment == segment.sequence) {
            segment.lastIndexes.put(partition, last.index());
        }
    }

    /** What was appended is durable. */
    void deliver(Append append, long segment) {
        try {
            switch (append.kind()) {
                case ENTRY -> {
                    if (state == State.LEADING) {
                        listener().committed(append.position(), append.entry());
                    }
                }
                case JUMP -> {
                    last = append.position();
                    voidBefore = segment;
                    lastSegment = 0;
                }
                case START -> {
                    state = State.LEADING;
                    listener().replayed(append.position());
                    listener().leadership(true, TERM);
                }
                case STOP -> {
                    if (state == State.LEADING) {
                        state = State.CLOSED;
                    }
                }
            }
        } catch (Throwable e) {
            LOG.atError().setCause(e).log("The listener of partition {} has failed", partition);
            fail(e);
        }
        append.done().complete(append.position());
    }

    void fail(Throwable cause) {
        State before = state;
        if (before == State.LEADING) {
            state = State.FAILED;
            try {
                listener().failed(cause);
            } catch (Throwable e) {
                LOG.atError().setCause(e).log("A listener did not take the failure of its log");
            }
        }
    }

    private Listener listener() {
        return Invariant.notNull(listener, "a log that is started has a listener");
    }

    private SqlException notLeading() {
        return switch (state) {
            case NEW, REPLAYING ->
                    new SqlException(
                            ErrorCode.CANNOT_CONNECT_NOW,
                            "Partition " + partition + " is being replayed from its log");
            case CLOSED ->
                    new SqlException(
                            ErrorCode.CANNOT_CONNECT_NOW,
                            "The log of partition " + partition + " is closed");
            case FAILED ->
                    new SqlException(
                            ErrorCode.IO_ERROR,
                            "The log of partition " + partition + " has failed");
            case LEADING -> throw new IllegalStateException("the partition leads");
        };
    }

    private static SqlException queueFull() {
        return new SqlException(
                        ErrorCode.INSUFFICIENT_RESOURCES, "Too much waits to be written to the log")
                .hint("The disk does not keep up. Send less at a time, and try again.");
    }
}
