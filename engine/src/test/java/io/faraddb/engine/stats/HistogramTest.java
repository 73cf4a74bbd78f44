package io.faraddb.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void emptyHasNothing() {
        Histogram.Distribution empty = new Histogram().distribution();
        assertThat(empty.count()).isZero();
        assertThat(empty.quantile(0.99)).isZero();
    }

    @Test
    void quantilesAreRightToFifteenPercent() {
        Histogram histogram = new Histogram();
        for (int value = 1; value <= 100_000; value++) {
            histogram.record(value);
        }
        Histogram.Distribution distribution = histogram.distribution();
        assertThat(distribution.count()).isEqualTo(100_000);
        assertThat(distribution.sum()).isEqualTo(5_000_050_000L);
        assertThat(distribution.max()).isEqualTo(100_000);
        for (double share : new double[] {0.01, 0.5, 0.75, 0.9, 0.99}) {
            double exact = share * 100_000;
            assertThat((double) distribution.quantile(share)).isBetween(exact, exact * 1.15);
        }
        assertThat(distribution.quantile(1)).isEqualTo(100_000);
    }

    @Test
    void decimalBoundsAreExact() {
        Histogram histogram = new Histogram();
        for (long value = 1; value <= 3_000; value++) {
            histogram.record(value);
            histogram.record(value * 1_000_000);
        }
        Histogram.Distribution distribution = histogram.distribution();
        for (long bound : new long[] {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500}) {
            assertThat(distribution.countUpTo(bound)).isEqualTo(bound);
            assertThat(distribution.countUpTo(bound * 1_000_000)).isEqualTo(3_000 + bound);
        }
    }

    @Test
    void extremesFitIn() {
        Histogram histogram = new Histogram();
        histogram.record(-5);
        histogram.record(Long.MAX_VALUE);
        assertThat(histogram.distribution().quantile(0.1)).isZero();
        assertThat(histogram.distribution().quantile(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(histogram.distribution().countUpTo(100)).isEqualTo(1);
    }

    @Test
    void tellsWhatCameBetweenTwoCopies() {
        Histogram histogram = new Histogram();
        histogram.record(10);
        Histogram.Distribution earlier = histogram.distribution();
        histogram.record(1_000);
        histogram.record(1_000);
        Histogram.Distribution between = histogram.distribution().since(earlier);
        assertThat(between.count()).isEqualTo(2);
        assertThat(between.sum()).isEqualTo(2_000);
        assertThat(between.quantile(0.01)).isEqualTo(1_000);
        assertThat(between.plus(earlier).count()).isEqualTo(3);
    }

    @Test
    void losesNothingOfWhatManyThreadsRecord() throws InterruptedException {
        Histogram histogram = new Histogram();
        Thread[] threads = new Thread[8];
        for (int i = 0; i < threads.length; i++) {
            threads[i] =
                    Thread.ofPlatform()
                            .start(() ->
                                    IntStream.rangeClosed(1, 10_000).forEach(histogram::record));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Histogram.Distribution all = histogram.distribution();
        assertThat(all.count()).isEqualTo(80_000);
        assertThat(all.sum()).isEqualTo(8 * 50_005_000L);
        assertThat(all.max()).isEqualTo(10_000);
    }
}
