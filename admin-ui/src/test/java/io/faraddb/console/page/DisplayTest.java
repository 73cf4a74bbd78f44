package io.faraddb.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DisplayTest {

    private final Display display = new Display();

    @Test
    void countsAreGroupedByThousands() {
        assertThat(display.count(0)).isEqualTo("0");
        assertThat(display.count(1_234_567)).isEqualTo("1,234,567");
    }

    @Test
    void bytesHaveThreeDigitsAndTheUnitThatFits() {
        assertThat(display.bytes(0)).isEqualTo("0 B");
        assertThat(display.bytes(1_023)).isEqualTo("1023 B");
        assertThat(display.bytes(1_536)).isEqualTo("1.50 KB");
        assertThat(display.bytes(10.0 * (1 << 20))).isEqualTo("10.0 MB");
        assertThat(display.bytes(500.0 * (1 << 30))).isEqualTo("500 GB");
        assertThat(display.bytes(3e18)).endsWith(" PB");
    }

    @Test
    void durationsOfActionsHaveTheUnitThatFits() {
        assertThat(display.seconds(null)).isEqualTo("–");
        assertThat(display.seconds(0.000_012_3)).isEqualTo("12.3 µs");
        assertThat(display.seconds(0.000_85)).isEqualTo("850 µs");
        assertThat(display.seconds(0.001_2)).isEqualTo("1.20 ms");
        assertThat(display.seconds(2.5)).isEqualTo("2.50 s");
    }

    @Test
    void spansOfTimeHaveTwoUnits() {
        assertThat(display.span(12)).isEqualTo("12 s");
        assertThat(display.span(61)).isEqualTo("1 min 1 s");
        assertThat(display.span(3_600 * 5 + 60)).isEqualTo("5 h 1 min");
        assertThat(display.span(86_400 * 3 + 3_600 * 4)).isEqualTo("3 d 4 h");
    }

    @Test
    void sharesArePercentAndTimesAreUtc() {
        assertThat(display.percent(0.123)).isEqualTo("12 %");
        assertThat(display.time(Instant.ofEpochSecond(0))).isEqualTo("1970-01-01 00:00:00 UTC");
    }
}
