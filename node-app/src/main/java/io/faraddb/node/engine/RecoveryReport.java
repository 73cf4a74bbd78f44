package io.faraddb.node.engine;

import io.faraddb.engine.recovery.RecoveryProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Prints a line now and then while a database is being opened, if that takes its time. */
final class RecoveryReport implements AutoCloseable {

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final RecoveryProgress progress;
    private final PrintStream out;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("farad-recovery-report").factory());

    RecoveryReport(RecoveryProgress progress, PrintStream out) {
        this.progress = progress;
        this.out = out;
    }

    RecoveryReport start() {
        long millis = BETWEEN_LINES.toMillis();
        var unused = timer.scheduleAtFixedRate(this::print, millis, millis, TimeUnit.MILLISECONDS);
        return this;
    }

    private void print() {
        String line = line(progress);
        if (line != null) {
            out.println(line);
        }
    }

    /** What there is to tell; null for nothing. */
    static @Nullable String line(RecoveryProgress progress) {
        return switch (progress.phase()) {
            case LOADING ->
                    share(
                            "Loading the snapshot",
                            progress.rowsLoaded(),
                            progress.rowsToLoad(),
                            "rows");
            case REPLAYING ->
                    share(
                            "Replaying the log",
                            progress.entriesReplayed(),
                            progress.entriesToReplay(),
                            "entries");
            case DONE -> null;
        };
    }

    private static @Nullable String share(String what, long done, long all, String of) {
        return all == 0
                ? null
                : String.format(
                        Locale.ROOT, "%s: %d %% of %,d %s", what, 100 * done / all, all, of);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
