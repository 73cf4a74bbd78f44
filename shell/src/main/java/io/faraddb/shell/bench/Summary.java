package io.faraddb.shell.bench;

import io.faraddb.bench.load.LoadOptions;
import io.faraddb.bench.load.LoadResult;
import io.faraddb.bench.load.LoadResult.ErrorKind;
import io.faraddb.bench.load.Workload.Outcome;
import io.faraddb.bench.load.Workload.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * A load that is over. Written as JSON as it stands here: names are a contract.
 *
 * @param rate asked for in calls a second; 0 if clients sent as fast as answers came
 * @param calls measured
 * @param micros latencies of measured calls in microseconds
 * @param outcomes of all answers, warm-up included
 * @param errors of the whole run by SQLSTATE
 * @param unexpectedErrors how many of them nobody said would come
 * @param unknown calls whose outcome nobody knows
 * @param unsent calls that were due but found no room before the end
 * @param wrong answers that should never come
 */
public record Summary(
        String workload,
        int clients,
        int inFlight,
        double rate,
        double seconds,
        long calls,
        double callsPerSecond,
        Latency micros,
        Map<String, Long> outcomes,
        Map<String, ErrorKind> errors,
        long unexpectedErrors,
        long unknown,
        long unsent,
        long wrong,
        Verdict verdict,
        long seed) {

    private static final double NANOS_PER_MICRO = 1_000;

    /** In microseconds, so that both ends of the scale are readable. */
    public record Latency(
            double p50, double p90, double p99, double p999, double max, double mean) {

        static Latency of(Histogram nanos) {
            return new Latency(
                    nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
                    nanos.getValueAtPercentile(90) / NANOS_PER_MICRO,
                    nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
                    nanos.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                    nanos.getMaxValue() / NANOS_PER_MICRO,
                    nanos.getMean() / NANOS_PER_MICRO);
        }
    }

    /**
     * @param expected SQLSTATEs that are no failure of the run
     */
    public static Summary of(
            String workload,
            LoadOptions options,
            LoadResult result,
            List<Outcome> outcomes,
            Verdict verdict,
            Set<String> expected) {
        long wrong =
                outcomes.stream()
                        .filter(Outcome::wrong)
                        .mapToLong(outcome -> result.outcome(outcome.name()))
                        .sum();
        long unexpected =
                result.errors().entrySet().stream()
                        .filter(error -> !expected.contains(error.getKey()))
                        .mapToLong(error -> error.getValue().count())
                        .sum();
        return new Summary(
                workload,
                options.clients(),
                options.inFlight(),
                options.rate(),
                result.seconds(),
                result.latencies().getTotalCount(),
                result.callsPerSecond(),
                Latency.of(result.latencies()),
                result.outcomes(),
                new TreeMap<>(result.errors()),
                unexpected,
                result.unknown(),
                result.unsent(),
                wrong,
                verdict,
                options.seed());
    }

    /** Whether the database did all that was asked, and did it right. */
    public boolean good() {
        return unexpectedErrors == 0 && unsent == 0 && wrong == 0 && verdict.holds();
    }
}
