package io.faraddb.engine.memory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when the heap is full, before the process runs out of it and ends. What a collection leaves
 * may be dead in part, if it was one of young objects only; so when it leaves much, a full one is
 * asked for, and what that leaves counts. While the heap is full that is repeated, to see when it
 * no longer is.
 */
public final class HeapWatch implements MemoryLimits, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

    /** Between two collections that are asked for. */
    private static final Duration INTERVAL_MIN = Duration.ofSeconds(5);

    private static final int STATEMENTS_PER_HEAP = 4;
    private static final int MEBIBYTE_BITS = 20;

    private final Heap heap;
    private final long usedBytesMax;
    private final long statementBytesMax;
    private final long intervalMillis;
    private final Semaphore suspicion = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean full;

    /**
     * @param usedMax the share of the heap that may be taken, over 0 and under 1
     * @param statementBytesMax 0 for a quarter of the heap
     */
    public static HeapWatch start(double usedMax, long statementBytesMax) {
        return new HeapWatch(new JvmHeap(), usedMax, statementBytesMax, INTERVAL_MIN);
    }

    HeapWatch(Heap heap, double usedMax, long statementBytesMax, Duration intervalMin) {
        this.heap = heap;
        this.usedBytesMax = (long) (heap.maxBytes() * usedMax);
        this.statementBytesMax =
                statementBytesMax > 0 ? statementBytesMax : heap.maxBytes() / STATEMENTS_PER_HEAP;
        this.intervalMillis = intervalMin.toMillis();
        heap.onCollected(this::collected);
        this.thread = Thread.ofPlatform().daemon().name("heap-watch").start(this::watch);
    }

    private void collected(long usedBytes) {
        if (usedBytes > usedBytesMax && !full) {
            suspicion.release();
        }
    }

    private void watch() {
        try {
            do {
                if (!full) {
                    suspicion.acquire();
                    suspicion.drainPermits();
                }
                look();
            } while (!closed.await(intervalMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException end) {
            // Closed.
        }
    }

    private void look() {
        heap.collect();
        long usedBytes = heap.usedBytes();
        boolean now = usedBytes > usedBytesMax;
        if (now && !full) {
            LOG.warn(
                    "The heap is full: {} MB of {} MB live; what adds to it is refused",
                    usedBytes >> MEBIBYTE_BITS,
                    heap.maxBytes() >> MEBIBYTE_BITS);
        } else if (full && !now) {
            LOG.info("The heap has room again");
        }
        full = now;
    }

    @Override
    public long statementBytesMax() {
        return statementBytesMax;
    }

    @Override
    public boolean heapFull() {
        return full;
    }

    /** Looks no more; returns at once. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
