package io.faraddb.engine.memory;

import io.faraddb.engine.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows when the heap is full, before the process runs out of it and ends. What a collection leaves
 * may be dead in part, if it was one of young objects only; so when it leaves much, a full one is
 * asked for, and what that leaves counts. While the heap is full that is repeated, to see when it
 * no longer is.
 *
 * <p>It also has the heap grow as what lives in it does, not at once as far as it may: memory that
 * was never used costs a system many times what used memory costs.
 */
public final class HeapWatch implements MemoryLimits, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HeapWatch.class);

    /** Between two collections that are asked for. */
    private static final Duration INTERVAL_MIN = Duration.ofSeconds(5);

    private static final int STATEMENTS_PER_HEAP = 4;

    /** What a statement holds is copied when buffers grow, changes are packed, results are sent. */
    private static final int COPIES = 4;

    /** The collector needs room to work in: so much, or a quarter of a small heap. */
    private static final long HEADROOM_BYTES_MIN = 128 << 20;

    private static final int HEADROOMS_PER_HEAP = 4;

    /** What dead objects may take in an empty heap: a quarter of it, within these bounds. */
    private static final long DEAD_BYTES_MIN = 2L << 30;

    private static final long DEAD_BYTES_MAX = 4L << 30;
    private static final int DEADS_PER_HEAP = 4;

    /** The heap grows when dead objects may take less than such a part of what they may. */
    private static final int SHARES_OF_DEAD = 3;

    /** What a collection has found is not found again within this time. */
    private static final long FRESH_NANOS = 1_000_000_000;

    /** Of one object that is made to be forgotten: small, as those of statements are. */
    private static final int GARBAGE_BYTES = 128 << 10;

    /** To take memory: so often as much garbage as is wanted, for some is collected meanwhile. */
    private static final int GARBAGES_MAX = 3;

    private static final int MEBIBYTE_BITS = 20;

    private final Heap heap;
    private final long headroomBytes;
    private final long deadBytes;
    private final long usedBytesMax;
    private final long statementBytesMax;
    private final long intervalMillis;
    private final Semaphore suspicion = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final TimeSource time;
    private final AtomicLong heldSinceCollection = new AtomicLong();
    private final Runnable stopsTelling;
    private final Thread thread;
    private volatile boolean full;
    private volatile long usedBytes;
    private long collectedNanos;
    private volatile boolean takesMemory;
    private long aimBytes;

    /**
     * @param usedMax the share of the heap that may be taken, over 0 and under 1
     * @param statementBytesMax 0 for a quarter of the heap
     */
    public static HeapWatch start(double usedMax, long statementBytesMax, TimeSource time) {
        return new HeapWatch(new JvmHeap(), usedMax, statementBytesMax, time, INTERVAL_MIN);
    }

    HeapWatch(
            Heap heap,
            double usedMax,
            long statementBytesMax,
            TimeSource time,
            Duration intervalMin) {
        this.heap = heap;
        this.time = time;
        this.collectedNanos = time.nanoTime() - FRESH_NANOS;
        this.headroomBytes = Math.min(HEADROOM_BYTES_MIN, heap.maxBytes() / HEADROOMS_PER_HEAP);
        this.usedBytesMax =
                Math.min((long) (heap.maxBytes() * usedMax), heap.maxBytes() - headroomBytes);
        this.statementBytesMax =
                statementBytesMax > 0 ? statementBytesMax : heap.maxBytes() / STATEMENTS_PER_HEAP;
        this.intervalMillis = intervalMin.toMillis();
        this.deadBytes =
                Math.clamp(heap.maxBytes() / DEADS_PER_HEAP, DEAD_BYTES_MIN, DEAD_BYTES_MAX);
        this.aimBytes = deadBytes;
        aim(0);
        this.stopsTelling = heap.onCollected(this::collected);
        this.thread = Thread.ofPlatform().daemon().name("heap-watch").start(this::watch);
    }

    /**
     * Has the system give the heap now what it will want first, so that statements do not wait for
     * it: makes garbage until there is as much. The collector, which would have that used again,
     * may rest meanwhile. Returns when it is done or the watch is closed.
     */
    public void takeMemory() {
        long wanted = Math.min(deadBytes, heap.maxBytes() - heap.maxBytes() / HEADROOMS_PER_HEAP);
        takesMemory = true;
        aim(usedBytes);
        long mayMake = GARBAGES_MAX * wanted;
        while (mayMake > 0 && heap.committedBytes() < wanted && closed.getCount() > 0) {
            heap.makeGarbage(GARBAGE_BYTES);
            mayMake -= GARBAGE_BYTES;
        }
        takesMemory = false;
        aim(usedBytes);
    }

    private void collected(long left) {
        usedBytes = left;
        heldSinceCollection.set(0);
        aim(left);
        if (left > usedBytesMax && !full) {
            suspicion.release();
        }
    }

    /**
     * Dead objects may take as much as living ones and some more, or a third of that: the heap
     * grows when they have less, no further than that, since a part of what a collection leaves is
     * dead. Collections and {@link #takeMemory} call it from threads of their own.
     */
    private synchronized void aim(long left) {
        long dead = left + deadBytes;
        aimBytes = Math.clamp(aimBytes, left + dead / SHARES_OF_DEAD, left + dead);
        heap.aim(takesMemory ? heap.maxBytes() : Math.min(heap.maxBytes(), aimBytes));
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

    /** Collects, unless that was done just now. */
    private synchronized void look() {
        if (time.nanoTime() - collectedNanos < FRESH_NANOS) {
            return;
        }
        heap.collect();
        collectedNanos = time.nanoTime();
        usedBytes = heap.usedBytes();
        heldSinceCollection.set(0);
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

    /** What all statements have come to hold since the last collection counts, ended ones too. */
    @Override
    public boolean admits(long more, long all) {
        if (fits(Math.max(all, heldSinceCollection.addAndGet(more)))) {
            return true;
        }
        look();
        return fits(Math.max(all, heldSinceCollection.get()));
    }

    private boolean fits(long bytes) {
        return bytes <= (heap.maxBytes() - headroomBytes - usedBytes) / COPIES;
    }

    @Override
    public boolean heapFull() {
        return full;
    }

    /** Looks no more; returns at once. */
    @Override
    public void close() {
        stopsTelling.run();
        closed.countDown();
        thread.interrupt();
    }
}
