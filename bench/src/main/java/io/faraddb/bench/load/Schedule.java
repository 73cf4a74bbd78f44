package io.faraddb.bench.load;

import java.time.Duration;

/**
 * When a load begins and ends, in the clock's nanoseconds.
 *
 * @param measureBegin end of the warm-up
 * @param measureEnd no call is due from here on
 * @param giveUp answers are waited for until here
 */
record Schedule(long begin, long measureBegin, long measureEnd, long giveUp) {

    /** How long answers, and calls that are late, are waited for when all have been due. */
    static final Duration DRAIN_MAX = Duration.ofSeconds(30);

    static Schedule of(long begin, LoadOptions options) {
        long measureBegin = begin + options.warmup().toNanos();
        long measureEnd = measureBegin + options.duration().toNanos();
        return new Schedule(begin, measureBegin, measureEnd, measureEnd + DRAIN_MAX.toNanos());
    }

    boolean measures(long due) {
        return due - measureBegin >= 0 && due - measureEnd < 0;
    }
}
