package io.faraddb.console.cluster;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Samples by column, as charts take them; see {@link Sample}.
 *
 * @param stepSeconds time that a sample stands for
 */
public record History(
        long stepSeconds,
        List<Long> time,
        List<Double> readsPerSecond,
        List<Double> writesPerSecond,
        List<Double> failuresPerSecond,
        List<@Nullable Double> p50Seconds,
        List<@Nullable Double> p99Seconds,
        List<Double> logBytesPerSecond,
        List<@Nullable Double> syncP50Seconds,
        List<@Nullable Double> syncP99Seconds,
        List<Double> busiest) {

    /** Turns rows into columns. */
    public static History of(Window window, List<Sample> samples) {
        return new History(
                window.step().toSeconds(),
                column(samples, Sample::time),
                column(samples, Sample::readsPerSecond),
                column(samples, Sample::writesPerSecond),
                column(samples, Sample::failuresPerSecond),
                column(samples, Sample::p50Seconds),
                column(samples, Sample::p99Seconds),
                column(samples, Sample::logBytesPerSecond),
                column(samples, Sample::syncP50Seconds),
                column(samples, Sample::syncP99Seconds),
                column(samples, Sample::busiest));
    }

    private static <T extends @Nullable Object> List<T> column(
            List<Sample> samples, Function<Sample, T> value) {
        return samples.stream().map(value).toList();
    }
}
