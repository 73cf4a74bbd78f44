package io.faraddb.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PacerTest {

    @Test
    void callsAreDueEvenlyWhateverWasSent() {
        Pacer pacer = new Pacer(1_000, 4);
        assertThat(pacer.due()).isEqualTo(1_000);
        pacer.sent();
        assertThat(pacer.due()).isEqualTo(250_001_000);
        assertThat(pacer.late(1_000)).isZero();
        assertThat(pacer.late(1_000_001_000)).isEqualTo(3);
    }

    @Test
    void longSchedulesDoNotDrift() {
        Pacer pacer = new Pacer(0, 3);
        for (int i = 0; i < 3_000_000; i++) {
            pacer.sent();
        }
        assertThat(pacer.due()).isEqualTo(Duration.ofSeconds(1_000_000).toNanos());
    }

    @Test
    void onlyWhatIsDueAfterTheWarmUpIsMeasured() {
        LoadOptions options =
                new LoadOptions(
                        1, 1, 0, Duration.ofNanos(10), Duration.ofNanos(5), 1, false, false, 1);
        Schedule schedule = Schedule.of(-12, options);
        assertThat(schedule.measures(-3)).isFalse();
        assertThat(schedule.measures(-2)).isTrue();
        assertThat(schedule.measures(2)).isTrue();
        assertThat(schedule.measures(3)).isFalse();
    }

    @Test
    void nothingIsLateWhenAllThatWasDueIsSent() {
        long end = 10_000_000_000L;
        // Fractions of nanoseconds between two calls, which rounding brings to either side.
        for (int rate : new int[] {1, 3, 999, 1_469, 1_490, 1_497, 1_525}) {
            Pacer pacer = new Pacer(0, rate);
            while (pacer.due() < end) {
                assertThat(pacer.late(end)).isPositive();
                pacer.sent();
            }
            assertThat(pacer.late(end)).as("at a rate of %d", rate).isZero();
        }
    }
}
