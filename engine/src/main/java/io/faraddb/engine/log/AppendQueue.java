package io.faraddb.engine.log;

import io.faraddb.engine.error.Invariant;
import io.faraddb.engine.error.SqlException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Appends on their way to the writer. Bounded in number and bytes; steps always have room. */
final class AppendQueue {

    /** Bytes of entries that are committed together; one entry may have more. */
    static final int BATCH_BYTES_MAX = 8 << 20;

    private final int appendsMax;
    private final long bytesMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Append> waiting = new ArrayDeque<>();
    private long bytes;
    private @Nullable SqlException closed;

    enum Offer {
        TAKEN,
        FULL,
        CLOSED
    }

    AppendQueue(int appendsMax, long bytesMax) {
        this.appendsMax = appendsMax;
        this.bytesMax = bytesMax;
    }

    Offer offer(Append append) {
        int length = append.entry().length;
        lock.lock();
        try {
            if (closed != null) {
                return Offer.CLOSED;
            }
            boolean full = waiting.size() >= appendsMax || bytes + length > bytesMax;
            if (full && append.kind() == Append.Kind.ENTRY && !waiting.isEmpty()) {
                return Offer.FULL;
            }
            waiting.add(append);
            bytes += length;
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for appends and takes those of one batch.
     *
     * @param nanosMax how long to wait; the batch stays empty when nothing came
     * @return false when the queue is closed and empty
     */
    boolean take(List<Append> batch, long nanosMax) throws InterruptedException {
        long nanos = nanosMax;
        lock.lock();
        try {
            while (waiting.isEmpty() && closed == null && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return remove(batch) || closed == null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a batch of what waits now. */
    boolean poll(List<Append> batch) {
        lock.lock();
        try {
            return remove(batch);
        } finally {
            lock.unlock();
        }
    }

    private boolean remove(List<Append> batch) {
        long taken = 0;
        Append first = waiting.peek();
        while (first != null && (taken == 0 || taken + first.entry().length <= BATCH_BYTES_MAX)) {
            batch.add(waiting.remove());
            taken += first.entry().length;
            first = waiting.peek();
        }
        bytes -= taken;
        return !batch.isEmpty();
    }

    /**
     * Takes nothing more; what waits is still taken out.
     *
     * @param reason told to whoever comes later; the first one counts
     */
    void close(SqlException reason) {
        lock.lock();
        try {
            if (closed == null) {
                closed = reason;
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing is taken any more. */
    SqlException closeReason() {
        lock.lock();
        try {
            return Invariant.notNull(closed, "the queue is closed");
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
