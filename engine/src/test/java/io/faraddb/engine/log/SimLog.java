package io.faraddb.engine.log;

import io.faraddb.engine.error.ErrorCode;
import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One replica's log in a simulated group. Lives on the thread of the simulated time. */
public final class SimLog implements PartitionLog {

    private record Mine(long term, CompletableFuture<LogPosition> done) {}

    private final SimLogGroup group;
    private final int replica;
    private final TreeMap<Long, Mine> appends = new TreeMap<>();
    private final List<CompletableFuture<Void>> barriers = new ArrayList<>();
    private @Nullable Listener listener;
    private LogPosition last = LogPosition.START;
    private long arrivesAt;
    private boolean replayed;
    private boolean leads;
    private long term;
    private boolean gone;
    private final LogPosition endAtOpen;

    SimLog(SimLogGroup group, int replica) {
        this.group = group;
        this.replica = replica;
        this.endAtOpen = new LogPosition(group.term(), group.lastIndex());
    }

    @Override
    public LogPosition endAtOpen() {
        return endAtOpen;
    }

    @Override
    public void start(LogPosition after, Listener newListener) {
        Invariant.check(listener == null, "a log is started once");
        if (after.index() < group.truncatedThrough()) {
            throw new SqlException(
                    ErrorCode.DATA_CORRUPTED,
                    "The log begins after entry " + group.truncatedThrough());
        }
        listener = newListener;
        last = after;
        later(() -> {
            deliverAll();
            replayed = true;
            listener().replayed(last);
            elected();
        });
    }

    @Override
    public CompletableFuture<LogPosition> append(LogPosition position, byte[] entry) {
        if (!leads || gone || position.term() != term) {
            return CompletableFuture.failedFuture(notLeading());
        }
        long index = position.index();
        if (entry.length > ENTRY_BYTES_MAX) {
            return CompletableFuture.failedFuture(
                    new SqlException(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                            "A log entry has at most " + ENTRY_BYTES_MAX + " bytes"));
        }
        Mine append = new Mine(term, new CompletableFuture<>());
        boolean deposed = group.leader() != replica || group.term() != term;
        long lastIndex = Math.max(last.index(), appends.isEmpty() ? 0 : appends.lastKey());
        SqlException refusal =
                deposed
                        ? SimLogGroup.refusalUnlessNext(lastIndex, index)
                        : group.append(index, entry);
        if (refusal != null) {
            append.done().completeExceptionally(refusal);
        } else {
            appends.put(index, append);
        }
        return append.done();
    }

    @Override
    public CompletableFuture<Void> readBarrier() {
        if (!leads || gone) {
            return CompletableFuture.failedFuture(notLeading());
        }
        CompletableFuture<Void> barrier = new CompletableFuture<>();
        barriers.add(barrier);
        long asked = term;
        later(() -> {
            if (group.leader() == replica && group.term() == asked) {
                barriers.remove(barrier);
                barrier.complete(null);
            }
        });
        return barrier;
    }

    @Override
    public void truncateThrough(LogPosition position) {
        group.truncate(position.index());
    }

    @Override
    public void close() {
        if (!gone) {
            gone = true;
            refuseAll();
        }
    }

    /** The log can't go on, as after a sync that failed. */
    public void fail(Throwable cause) {
        if (!gone) {
            gone = true;
            refuseAll();
            listener().failed(cause);
        }
    }

    /** Nothing is heard of it any more. */
    void crash() {
        gone = true;
    }

    /** A leader knows at once, a follower later. */
    void heardOfCommit() {
        if (leads) {
            ifHere(this::deliverAll);
        } else if (replayed) {
            later(this::deliverAll);
        }
    }

    /** Leads, once it has heard all that was committed before. */
    void elected() {
        later(() -> {
            if (replayed && !leads && group.leader() == replica) {
                deliverAll();
                leads = true;
                term = group.term();
                listener().leadership(true, term);
            }
        });
    }

    /** Learns that somebody else has been elected meanwhile. */
    void deposed() {
        ifHere(() -> {
            if (leads) {
                deliverAll();
                leads = false;
                refuseAll();
                listener().leadership(false, group.term());
            }
            elected();
        });
    }

    private void refuseAll() {
        List<Mine> refused = List.copyOf(appends.values());
        appends.clear();
        for (Mine append : refused) {
            append.done()
                    .completeExceptionally(
                            new SqlException(
                                    ErrorCode.TRANSACTION_RESOLUTION_UNKNOWN,
                                    "This replica does not lead any more"));
        }
        List<CompletableFuture<Void>> refusedBarriers = List.copyOf(barriers);
        barriers.clear();
        refusedBarriers.forEach(barrier -> barrier.completeExceptionally(notLeading()));
    }

    private void deliverAll() {
        while (last.index() < group.committed().size()) {
            LogRecord.Entry next = group.committed().get((int) last.index());
            last = next.position();
            listener().committed(last, next.bytes());
            Mine append = appends.get(last.index());
            if (append != null && append.term() == last.term()) {
                appends.remove(last.index());
                append.done().complete(last);
            }
        }
    }

    /** Runs something after a delay, in the order given, unless the log is gone by then. */
    private void later(Runnable work) {
        arrivesAt = Math.max(arrivesAt, group.time().nanoTime() + group.delay().toNanos());
        group.time().at(arrivesAt, () -> ifHere(work));
    }

    private void ifHere(Runnable work) {
        if (!gone && listener != null) {
            work.run();
        }
    }

    private Listener listener() {
        return Invariant.notNull(listener, "a log that is started has a listener");
    }

    private static SqlException notLeading() {
        return new SqlException(ErrorCode.CANNOT_CONNECT_NOW, "This replica does not lead");
    }
}
