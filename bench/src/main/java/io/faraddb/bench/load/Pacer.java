package io.faraddb.bench.load;

/** When calls are due: evenly, whatever became of those before. */
final class Pacer {

    private static final double NANOS_PER_SECOND = 1e9;

    private final long begin;
    private final double nanosPerCall;
    private long next;

    /**
     * @param begin when the first call is due
     * @param rate calls a second
     */
    Pacer(long begin, double rate) {
        this.begin = begin;
        this.nanosPerCall = NANOS_PER_SECOND / rate;
    }

    /** When the next call is due. */
    long due() {
        return due(next);
    }

    private long due(long call) {
        return begin + (long) (call * nanosPerCall);
    }

    /** The next call has been sent. */
    void sent() {
        next++;
    }

    /** Calls that were due before a moment and have not been sent. */
    long late(long now) {
        // A quotient that is rounded may be one too many.
        long calls = (long) Math.ceil((now - begin) / nanosPerCall);
        while (calls > next && due(calls - 1) >= now) {
            calls--;
        }
        return Math.max(0, calls - next);
    }
}
