package io.faraddb.bench.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** What one thread counts. All but {@link #interval} and {@link #late} is its own until it ends. */
final class LoopTally {

    /** Latencies are told to three digits up to here; longer ones count as this. */
    static final long LATENCY_NANOS_MAX = TimeUnit.MINUTES.toNanos(10);

    static final int DIGITS = 3;

    private final SingleWriterRecorder recent = new SingleWriterRecorder(LATENCY_NANOS_MAX, DIGITS);
    private final Histogram measured = new Histogram(LATENCY_NANOS_MAX, DIGITS);
    private final Schedule schedule;
    private final ErrorTally errors;
    private final long[] outcomes;
    private long unknown;
    private volatile long late;

    LoopTally(Schedule schedule, ErrorTally errors, int outcomeCount) {
        this.schedule = schedule;
        this.errors = errors;
        this.outcomes = new long[outcomeCount];
    }

    void answered(long due, long now, int outcome) {
        long nanos = Math.clamp(now - due, 0, LATENCY_NANOS_MAX);
        recent.recordValue(nanos);
        if (schedule.measures(due)) {
            measured.recordValue(nanos);
        }
        outcomes[outcome]++;
    }

    void failed(String sqlState, String message) {
        errors.add(sqlState, message);
    }

    void unknown(long calls) {
        unknown += calls;
    }

    void late(long calls) {
        late = calls;
    }

    /** On another thread: adds what came since it was asked last. */
    void interval(Histogram to) {
        to.add(recent.getIntervalHistogram());
    }

    long late() {
        return late;
    }

    Histogram measured() {
        return measured;
    }

    long outcome(int place) {
        return outcomes[place];
    }

    long unknown() {
        return unknown;
    }
}
