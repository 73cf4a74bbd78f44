package io.faraddb.bench.load;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What became of a load.
 *
 * @param seconds that were measured
 * @param latencies of measured calls, in nanoseconds
 * @param outcomes of all answers from the first call on, by {@link Workload#outcomes}' names
 * @param errors of the whole run by SQLSTATE
 * @param unknown calls whose answers never came or say that nobody knows (08007)
 * @param unsent calls that were due but found no room before the end
 */
public record LoadResult(
        double seconds,
        Histogram latencies,
        Map<String, Long> outcomes,
        Map<String, ErrorKind> errors,
        long unknown,
        long unsent) {

    /**
     * @param message of the first one
     */
    public record ErrorKind(long count, String message) {}

    public double callsPerSecond() {
        return latencies.getTotalCount() / seconds;
    }

    /** Answers of that outcome, from the first call on. */
    public long outcome(String name) {
        return outcomes.getOrDefault(name, 0L);
    }
}
