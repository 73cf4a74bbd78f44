package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.load.CsvRows;
import io.faraddb.shell.load.JsonRows;
import io.faraddb.shell.load.Loader;
import io.faraddb.shell.load.ProgressLine;
import io.faraddb.shell.load.RejectedRows;
import io.faraddb.shell.load.SourceRows;
import io.faraddb.shell.load.TableTarget;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** {@code farad load csv} and {@code farad load json}: the rows of a file into a table. */
final class LoadCommand extends FaradCommand {

    private final Kind kind;
    private final TargetFinder finder;
    private final InstantSource clock;

    /** What the file is. */
    enum Kind {
        /** Comma-separated values below a line of names. */
        CSV,
        /** An array of objects, or an object a line. */
        JSON
    }

    LoadCommand(Output output, Kind kind, TargetFinder finder, InstantSource clock) {
        super(
                output,
                "load " + kind.name().toLowerCase(Locale.ROOT),
                "Load the rows of a " + kind + " file into a table",
                "TABLE FILE",
                withTarget());
        this.kind = kind;
        this.finder = finder;
        this.clock = clock;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        String table = arguments.values().getFirst();
        Path file = Path.of(arguments.values().getLast());
        if (!Files.isRegularFile(file)) {
            throw new ShellFailure(Exit.FAILED, "there is no file " + file);
        }
        Instant begun = clock.instant();
        Console console = System.console();
        try (Connection connection = arguments.cluster(finder, out).connect();
                FileChannel channel = FileChannel.open(file);
                SourceRows rows =
                        open(
                                new InputStreamReader(
                                        Channels.newInputStream(channel), StandardCharsets.UTF_8));
                RejectedRows rejected = new RejectedRows(Path.of(file + ".rejected.csv"))) {
            ProgressLine line = null;
            if (console != null && console.isTerminal()) {
                line = progress(out, channel);
            }
            Loader loader =
                    new Loader(
                            new TableTarget(connection, table),
                            rejected,
                            line == null ? (loaded, bad) -> {} : line);
            long loaded;
            try {
                loaded = loader.load(rows);
            } finally {
                if (line != null) {
                    line.end();
                }
            }
            long millis = Math.max(1, Duration.between(begun, clock.instant()).toMillis());
            out.out()
                    .println(
                            String.format(
                                    Locale.ROOT,
                                    "%d rows loaded into %s in %.1f s (%,d rows/s)",
                                    loaded,
                                    table,
                                    millis / 1000.0,
                                    loaded * 1000 / millis));
            return outcome(rejected, out);
        }
    }

    private SourceRows open(Reader reader) throws IOException {
        return switch (kind) {
            case CSV -> new CsvRows(reader);
            case JSON -> new JsonRows(reader);
        };
    }

    private ProgressLine progress(Output out, FileChannel channel) throws IOException {
        return new ProgressLine(out.errors(), clock, () -> position(channel), channel.size());
    }

    private static long position(FileChannel channel) {
        try {
            return channel.position();
        } catch (IOException e) {
            return 0;
        }
    }

    private static Exit outcome(RejectedRows rejected, Output out) {
        if (rejected.count() == 0) {
            return Exit.OK;
        }
        out.errors()
                .println(
                        rejected.count()
                                + (rejected.count() == 1 ? " row" : " rows")
                                + " rejected, with reasons, to "
                                + rejected.file());
        return Exit.PARTIAL;
    }
}
