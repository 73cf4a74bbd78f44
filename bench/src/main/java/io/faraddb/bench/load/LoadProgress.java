package io.faraddb.bench.load;

/** Is told each second how a load goes. */
@FunctionalInterface
public interface LoadProgress {

    void at(Second second);

    /**
     * @param number from 1, warm-up included
     * @param warmup whether this is not measured yet
     * @param p50Nanos of the answers that came within it
     * @param errors from the beginning
     * @param late calls that are due but not sent
     */
    record Second(
            int number,
            boolean warmup,
            double callsPerSecond,
            long p50Nanos,
            long p99Nanos,
            long errors,
            long late) {}
}
