package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Cluster;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.load.BatchSource;
import io.faraddb.shell.load.CsvBatches;
import io.faraddb.shell.load.InputFile;
import io.faraddb.shell.load.JsonBatches;
import io.faraddb.shell.load.LoadProgress;
import io.faraddb.shell.load.LoadSettings;
import io.faraddb.shell.load.Loader;
import io.faraddb.shell.load.RejectedRows;
import io.faraddb.shell.load.RowTarget;
import io.faraddb.shell.load.TableColumns;
import io.faraddb.shell.print.Column;
import io.faraddb.shell.print.Format;
import io.faraddb.shell.print.RowSource;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.shell.core.command.CommandOption;

/** {@code farad load csv} and {@code farad load json}: the rows of a file into a table. */
final class LoadCommand extends FaradCommand {

    /** Rows of one UPSERT, which the server has to parse. */
    private static final int UPSERT_ROWS = 1_000;

    private static final long ERRORS_MAX = Long.MAX_VALUE / 2;

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
                "Load the rows of a " + kind + " file into a table; it may be packed by gzip",
                "TABLE FILE",
                withTarget(options(kind)));
        this.kind = kind;
        this.finder = finder;
        this.clock = clock;
    }

    private static CommandOption[] options(Kind kind) {
        LoadSettings settings = LoadSettings.DEFAULT;
        List<CommandOption> options = new ArrayList<>();
        if (kind == Kind.CSV) {
            options.add(option(null, "columns", "A,B,...", "the file's columns, in order"));
            options.add(option(null, "delimiter", "CHARACTER", "between values, or tab (,)"));
            options.add(option(null, "null", "TEXT", "stands for null without quotes (nothing)"));
            options.add(flag("header", "the first line names columns: so it is by default"));
            options.add(flag("no-header", "the first line is a row"));
        } else {
            options.add(option(null, "columns", "A,B,...", "properties to load; others are left"));
        }
        options.add(flag("upsert", "a row takes the place of the one with its key"));
        options.add(
                option(
                        null,
                        "batch",
                        "N",
                        "rows that go together (%d)".formatted(settings.batchRows())));
        options.add(
                option(
                        null,
                        "parallel",
                        "N",
                        "connections (%d; 1 with --upsert)".formatted(settings.parallel())));
        options.add(
                option(
                        null,
                        "max-errors",
                        "N",
                        "rejected rows that end the load (%d)".formatted(settings.errorsMax())));
        options.add(format());
        return options.toArray(CommandOption[]::new);
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        String table = arguments.values().getFirst();
        Path file = Path.of(arguments.values().getLast());
        LoadSettings settings = settings(arguments);
        Format format = arguments.format();
        if (!Files.isRegularFile(file)) {
            throw new ShellFailure(Exit.FAILED, "there is no file " + file);
        }
        Cluster cluster = arguments.cluster(finder, out);
        TableColumns columns = columns(cluster, table);
        Instant begun = clock.instant();
        RejectedRows rejected = new RejectedRows(file, settings.errorsMax());
        try (InputFile input = new InputFile(file);
                rejected) {
            BatchSource source = source(input, columns, settings, rejected);
            LoadProgress progress = progress(out, input);
            Loader loader =
                    new Loader(
                            () -> RowTarget.of(cluster.connect(), columns, settings),
                            settings,
                            rejected,
                            progress);
            try {
                loader.load(source);
            } finally {
                progress.end();
                report(new Done(table, loader.loaded(), rejected, begun), format, out);
            }
        }
        return rejected.count() == 0 ? Exit.OK : Exit.PARTIAL;
    }

    private static TableColumns columns(Cluster cluster, String table) throws SQLException {
        try (Connection connection = cluster.connect()) {
            return TableColumns.of(connection, table);
        }
    }

    private BatchSource source(
            InputFile input, TableColumns columns, LoadSettings settings, RejectedRows rejected)
            throws IOException {
        return switch (kind) {
            case CSV -> {
                CsvBatches batches = new CsvBatches(input.stream(), columns, settings);
                rejected.header(batches.header());
                yield batches;
            }
            case JSON -> new JsonBatches(input.stream(), columns, settings, rejected);
        };
    }

    private LoadProgress progress(Output out, InputFile input) {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        return new LoadProgress(out.errors(), terminal, clock, input::bytesRead, input.bytes());
    }

    private LoadSettings settings(Arguments arguments) {
        LoadSettings otherwise = LoadSettings.DEFAULT;
        boolean upsert = arguments.flag("upsert");
        if (arguments.flag("header") && arguments.flag("no-header")) {
            throw ShellFailure.usage("--header and --no-header exclude each other", null);
        }
        String columns = arguments.option("columns");
        String nullText = arguments.option("null");
        int batch =
                (int)
                        arguments.number(
                                "batch",
                                upsert ? UPSERT_ROWS : otherwise.batchRows(),
                                LoadSettings.BATCH_ROWS_MAX);
        return new LoadSettings(
                columns == null
                        ? List.of()
                        : Arrays.stream(columns.split(",")).map(String::strip).toList(),
                !arguments.flag("no-header"),
                delimiter(arguments.option("delimiter")),
                nullText == null ? "" : nullText,
                upsert,
                batch,
                // Rows of one key have to come in the file's order.
                (int)
                        arguments.number(
                                "parallel",
                                upsert ? 1 : otherwise.parallel(),
                                LoadSettings.PARALLEL_MAX),
                arguments.number("max-errors", otherwise.errorsMax(), ERRORS_MAX));
    }

    private static char delimiter(@org.jspecify.annotations.Nullable String given) {
        if (given == null) {
            return ',';
        }
        if (given.equals("tab") || given.equals("\\t")) {
            return '\t';
        }
        return given.length() == 1 ? given.charAt(0) : '\n';
    }

    private record Done(String table, long loaded, RejectedRows rejected, Instant begun) {}

    private void report(Done done, Format format, Output out) throws Exception {
        long millis = Math.max(1, Duration.between(done.begun(), clock.instant()).toMillis());
        long rejected = done.rejected().count();
        if (format == Format.TABLE) {
            out.out()
                    .printf(
                            Locale.ROOT,
                            "%,d rows loaded into %s in %.1f s (%,d rows/s)%n",
                            done.loaded(),
                            done.table(),
                            millis / 1000.0,
                            done.loaded() * 1000 / millis);
        } else {
            List<Column> columns =
                    List.of(
                            Column.text("table"),
                            Column.number("loaded"),
                            Column.number("rejected"),
                            Column.number("milliseconds"));
            List<String> row =
                    List.of(
                            done.table(),
                            Long.toString(done.loaded()),
                            Long.toString(rejected),
                            Long.toString(millis));
            format.printer().print(columns, RowSource.of(List.of(row)), out.out());
        }
        if (rejected > 0) {
            out.out().flush();
            out.errors()
                    .printf(
                            Locale.ROOT,
                            "%,d %s rejected: %s has them, %s says why%n",
                            rejected,
                            rejected == 1 ? "row" : "rows",
                            done.rejected().file(),
                            done.rejected().reasons());
        }
    }
}
