package io.faraddb.shell.load;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line at the terminal that says how far a load is and how fast. */
public final class ProgressLine implements Loader.Progress {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final int WIDTH = 24;

    private final PrintWriter out;
    private final InstantSource clock;
    private final LongSupplier bytesRead;
    private final long bytes;
    private final Instant begun;
    private Instant shown;

    /** Of a file of so many bytes; {@code bytesRead} tells how many of them are read. */
    public ProgressLine(PrintWriter out, InstantSource clock, LongSupplier bytesRead, long bytes) {
        this.out = out;
        this.clock = clock;
        this.bytesRead = bytesRead;
        this.bytes = bytes;
        this.begun = clock.instant();
        this.shown = begun;
    }

    @Override
    public void at(long loaded, long rejected) {
        Instant now = clock.instant();
        if (Duration.between(shown, now).compareTo(INTERVAL) < 0) {
            return;
        }
        shown = now;
        double share = bytes == 0 ? 1 : Math.min(1.0, (double) bytesRead.getAsLong() / bytes);
        int filled = (int) (share * WIDTH);
        long millis = Math.max(1, Duration.between(begun, now).toMillis());
        out.print(
                String.format(
                        Locale.ROOT,
                        "\r[%s%s] %3.0f %%  %,d rows  %,d rows/s%s\033[K",
                        "#".repeat(filled),
                        " ".repeat(WIDTH - filled),
                        share * 100,
                        loaded,
                        (loaded + rejected) * 1000 / millis,
                        rejected == 0 ? "" : "  " + rejected + " rejected"));
        out.flush();
    }

    /** Takes the line away. */
    public void end() {
        out.print("\r\033[K");
        out.flush();
    }
}
