package io.faraddb.shell.bench;

import io.faraddb.bench.load.LoadProgress;
import io.faraddb.bench.load.Workload.Check;
import io.faraddb.bench.load.Workload.Standings;
import io.faraddb.shell.print.Column;
import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.RowSource;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A load in words. */
public final class SummaryText {

    private static final double NANOS_PER_MICRO = 1_000;

    private SummaryText() {}

    /** One line of progress. */
    public static String line(LoadProgress.Second second) {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "%4d s  %,11.0f calls/s  p50 %s  p99 %s",
                        second.number(),
                        second.callsPerSecond(),
                        time(second.p50Nanos() / NANOS_PER_MICRO),
                        time(second.p99Nanos() / NANOS_PER_MICRO)));
        if (second.errors() > 0) {
            line.append(String.format(Locale.ROOT, "  %,d errors", second.errors()));
        }
        if (second.late() > 0) {
            line.append(String.format(Locale.ROOT, "  %,d calls late", second.late()));
        }
        return line.append(second.warmup() ? "  (warm-up)" : "").toString();
    }

    /** A time with the unit that leaves few digits. */
    static String time(double micros) {
        if (micros < 1_000) {
            return String.format(Locale.ROOT, "%6.0f us", micros);
        }
        if (micros < 1_000_000) {
            return String.format(Locale.ROOT, "%6.2f ms", micros / 1_000);
        }
        return String.format(Locale.ROOT, "%6.2f s ", micros / 1_000_000);
    }

    /** All of it. */
    public static void print(Summary summary, PrintWriter out) throws Exception {
        out.printf(
                Locale.ROOT,
                "%n%s: %,d calls in %.1f s, %,.0f calls/s (%d clients, %d in flight each%s)%n",
                summary.workload(),
                summary.calls(),
                summary.seconds(),
                summary.callsPerSecond(),
                summary.clients(),
                summary.inFlight(),
                summary.rate() > 0
                        ? String.format(Locale.ROOT, ", %,.0f calls/s asked for", summary.rate())
                        : "");
        Summary.Latency micros = summary.micros();
        out.printf(
                "  latency   p50 %s  p90 %s  p99 %s  p99.9 %s  max %s%n",
                time(micros.p50()).strip(),
                time(micros.p90()).strip(),
                time(micros.p99()).strip(),
                time(micros.p999()).strip(),
                time(micros.max()).strip());
        out.println("  answers, those of the warm-up included");
        summary.outcomes()
                .forEach((name, count) -> out.printf(Locale.ROOT, "    %-18s %,d%n", name, count));
        summary.errors()
                .forEach((state, error) ->
                        out.printf(
                                Locale.ROOT,
                                "  error %s         %,d, the first: %s%n",
                                state,
                                error.count(),
                                error.message()));
        line(out, "unknown outcome", summary.unknown());
        line(out, "never sent", summary.unsent());
        printVerdict(summary, out);
    }

    private static void line(PrintWriter out, String name, long count) {
        if (count > 0) {
            out.printf(Locale.ROOT, "  %-20s %,d%n", name, count);
        }
    }

    private static void printVerdict(Summary summary, PrintWriter out) throws Exception {
        out.println();
        for (Check check : summary.verdict().checks()) {
            out.println((check.holds() ? "  right  " : "  WRONG  ") + check.sentence());
        }
        Standings standings = summary.verdict().standings();
        if (!standings.columns().isEmpty()) {
            out.println();
            int last = standings.columns().size() - 1;
            List<Column> columns =
                    standings.columns().stream()
                            .map(name ->
                                    name.equals(standings.columns().get(last))
                                            ? Column.number(name)
                                            : Column.text(name))
                            .toList();
            Format.TABLE.printer().print(columns, RowSource.of(standings.rows()), out);
        }
    }
}
