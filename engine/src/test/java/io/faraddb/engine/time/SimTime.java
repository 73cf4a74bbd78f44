package io.faraddb.engine.time;

import java.time.Duration;
import java.util.PriorityQueue;

/** Simulated time: it stands still until somebody runs the next task. Used by one thread. */
public final class SimTime implements TimeSource {

    private record Task(long at, long number, Runnable work) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nanos;
    private long number;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long epochMicros() {
        return 1_700_000_000_000_000L + nanos / 1000;
    }

    /** Runs something later; tasks of the same moment run in the order they were given. */
    public void after(Duration delay, Runnable work) {
        at(nanos + delay.toNanos(), work);
    }

    /**
     * @param when as {@link #nanoTime} tells it; what lies in the past runs next
     */
    public void at(long when, Runnable work) {
        tasks.add(new Task(Math.max(nanos, when), number++, work));
    }

    /**
     * Runs the next task.
     *
     * @return false if there is none
     */
    public boolean step() {
        Task next = tasks.poll();
        if (next == null) {
            return false;
        }
        nanos = next.at();
        next.work().run();
        return true;
    }

    /** Runs what is due until a moment, which it is then. */
    public void advance(Duration duration) {
        long until = nanos + duration.toNanos();
        Task next = tasks.peek();
        while (next != null && next.at() <= until) {
            step();
            next = tasks.peek();
        }
        nanos = until;
    }

    /** Runs until there is nothing more to do. */
    public void runUntilIdle() {
        while (step()) {
            // The step has done the work.
        }
    }
}
