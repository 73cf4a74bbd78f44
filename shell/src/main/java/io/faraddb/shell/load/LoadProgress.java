package io.faraddb.shell.load;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Says how far a load is and how fast: at a terminal a line that changes, else a line now and then.
 */
public final class LoadProgress {

    private static final Duration INTERVAL_AT_TERMINAL = Duration.ofMillis(200);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int WIDTH = 24;
    private static final String CLEAR = "\033[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final InstantSource clock;
    private final LongSupplier bytesRead;
    private final long bytes;
    private final Instant begun;
    private Instant shown;

    /** Of a file of so many bytes; {@code bytesRead} tells how many of them are read. */
    public LoadProgress(
            PrintWriter out,
            boolean terminal,
            InstantSource clock,
            LongSupplier bytesRead,
            long bytes) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.bytesRead = bytesRead;
        this.bytes = bytes;
        this.begun = clock.instant();
        this.shown = begun;
    }

    /** Says it, unless it was just said. */
    void at(long loaded, long rejected) {
        Instant now = clock.instant();
        Duration interval = terminal ? INTERVAL_AT_TERMINAL : INTERVAL;
        if (Duration.between(shown, now).compareTo(interval) < 0) {
            return;
        }
        shown = now;
        double share = bytes == 0 ? 1 : Math.min(1.0, (double) bytesRead.getAsLong() / bytes);
        long millis = Math.max(1, Duration.between(begun, now).toMillis());
        String text =
                String.format(
                        Locale.ROOT,
                        "%3.0f %%  %,d rows  %,d rows/s  ETA %s%s",
                        share * 100,
                        loaded,
                        (loaded + rejected) * 1000 / millis,
                        eta(share, millis),
                        rejected == 0 ? "" : "  " + rejected + " rejected");
        if (terminal) {
            int filled = (int) (share * WIDTH);
            String bar = "#".repeat(filled) + " ".repeat(WIDTH - filled);
            out.print("\r[" + bar + "] " + text + CLEAR);
        } else {
            out.println(text);
        }
        out.flush();
    }

    private static String eta(double share, long millis) {
        if (share <= 0) {
            return "?";
        }
        long seconds = Math.round(millis * (1 - share) / share / 1000);
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    /** Takes the changing line away. */
    public void end() {
        if (terminal) {
            out.print("\r" + CLEAR);
            out.flush();
        }
    }
}
