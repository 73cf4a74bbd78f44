package io.faraddb.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Numbers and times the way people read them. Templates know it as {@code @display}. */
@Component("display")
public final class Display {

    /** What is shown for nothing. */
    private static final String NOTHING = "–";

    private static final List<String> BYTE_UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB");
    private static final double BYTES_STEP = 1024;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double MICROS_PER_SECOND = 1_000_000;
    private static final int HUNDRED = 100;
    private static final int TEN = 10;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** Such as 1,234,567. */
    public String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Such as 1.50 MB. */
    public String bytes(double bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= BYTES_STEP && unit < BYTE_UNITS.size() - 1) {
            amount /= BYTES_STEP;
            unit++;
        }
        String number = unit == 0 ? String.format(Locale.ROOT, "%.0f", amount) : digits(amount);
        return number + " " + BYTE_UNITS.get(unit);
    }

    /** Three digits that count. */
    private static String digits(double amount) {
        String format = amount < TEN ? "%.2f" : amount < HUNDRED ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, amount);
    }

    /** A duration of an action, such as 850 µs or 1.20 ms. */
    public String seconds(@Nullable Double seconds) {
        if (seconds == null) {
            return NOTHING;
        }
        if (seconds * MILLIS_PER_SECOND < 1) {
            return digits(seconds * MICROS_PER_SECOND) + " µs";
        }
        return seconds < 1 ? digits(seconds * MILLIS_PER_SECOND) + " ms" : digits(seconds) + " s";
    }

    /** A span of time, such as 3 d 4 h or 12 s. */
    public String span(long seconds) {
        Duration span = Duration.ofSeconds(seconds);
        if (span.toDays() > 0) {
            return span.toDays() + " d " + span.toHoursPart() + " h";
        }
        if (span.toHours() > 0) {
            return span.toHours() + " h " + span.toMinutesPart() + " min";
        }
        return span.toMinutes() > 0
                ? span.toMinutes() + " min " + span.toSecondsPart() + " s"
                : span.toSeconds() + " s";
    }

    /** A share of 1, such as 12 %. */
    public String percent(double share) {
        return Math.round(share * HUNDRED) + " %";
    }

    public String time(Instant instant) {
        return TIME.format(instant);
    }
}
