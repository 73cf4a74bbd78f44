package io.faraddb.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void emptyHasNothing() {
        Histogram.Distribution empty = new Histogram().distribution();
        assertThat(empty.count()).isZero();
        assertThat(empty.quantile(0.99)).isZero();
    }

    @Test
    void quantilesAreRightToAnEighth() {
        Histogram histogram = new Histogram();
        for (int value = 1; value <= 100_000; value++) {
            histogram.record(value);
        }
        Histogram.Distribution distribution = histogram.distribution();
        assertThat(distribution.count()).isEqualTo(100_000);
        assertThat(distribution.sum()).isEqualTo(5_000_050_000L);
        assertThat(distribution.max()).isEqualTo(100_000);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.99}) {
            double exact = share * 100_000;
            assertThat((double) distribution.quantile(share)).isBetween(exact, exact * 1.125);
        }
        assertThat(distribution.quantile(1)).isEqualTo(100_000);
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
}
