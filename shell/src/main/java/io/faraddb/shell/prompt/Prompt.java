package io.faraddb.shell.prompt;

import io.faraddb.shell.cli.CommandLine;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.print.Printer;
import io.faraddb.shell.sql.FailureReport;
import io.faraddb.shell.sql.SqlSession;
import io.faraddb.shell.sql.StatementReader;
import io.faraddb.shell.sql.StatementRunner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Asks for statements and commands at a terminal until the end of input or {@code \q}. */
public final class Prompt {

    private static final int HISTORY_LINES_MAX = 10_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Terminal terminal;
    private final SqlSession session;
    private final StatementRunner runner;
    private final Descriptions descriptions;
    private final CommandLine commands;
    private final Printer rows;
    private final LongSupplier nanos;
    private final LineReader reader;
    private boolean expanded;
    private boolean timing;

    /**
     * Asks at this terminal.
     *
     * @param rows prints results
     * @param commands the shell's own
     * @param history a file
     * @param nanos measures how long statements take
     */
    public Prompt(
            Terminal terminal,
            SqlSession session,
            Printer rows,
            CommandLine commands,
            Path history,
            InstantSource clock,
            LongSupplier nanos) {
        this.terminal = terminal;
        this.session = session;
        this.runner = new StatementRunner(session, rows, terminal.writer(), terminal.writer());
        this.descriptions = new Descriptions(runner, session, terminal.writer());
        this.commands = commands;
        this.rows = rows;
        this.nanos = nanos;
        // Names come over another connection: a key must not touch an open transaction.
        CatalogNames names = new CatalogNames(new SqlSession(session.cluster()), clock);
        this.reader = reader(terminal, names, commands, history);
    }

    private static LineReader reader(
            Terminal terminal, CatalogNames names, CommandLine commands, Path history) {
        try {
            Path directory = history.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("farad")
                .parser(new InputParser(commands::isCommand))
                .completer(new PromptCompleter(commands.all(), names::get))
                .variable(LineReader.HISTORY_FILE, history)
                .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES_MAX)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "    -> ")
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .build();
    }

    /** Returns when the person is done. */
    public void run() {
        PrintWriter out = terminal.writer();
        // A Ctrl-C that comes between two readings, when nothing runs yet, ends nothing.
        terminal.handle(Terminal.Signal.INT, Terminal.SignalHandler.SIG_IGN);
        out.println("FaradDB shell. \\? for help, \\q to leave.");
        while (true) {
            String typed;
            try {
                typed = reader.readLine(prompt());
            } catch (UserInterruptException e) {
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            if (InputParser.isFarewell(typed)) {
                return;
            }
            handle(typed);
            out.flush();
        }
    }

    private String prompt() {
        try {
            return switch (session.transaction()) {
                case IDLE -> "farad> ";
                case OPEN -> "farad*> ";
                case FAILED -> "farad!> ";
            };
        } catch (SQLException e) {
            return "farad> ";
        }
    }

    private void handle(String typed) {
        if (typed.strip().startsWith("\\")) {
            interruptible(() -> backslash(typed));
        } else if (commands.isCommand(typed)) {
            Thread runs = Thread.currentThread();
            Terminal.SignalHandler before =
                    terminal.handle(Terminal.Signal.INT, signal -> runs.interrupt());
            try {
                var unused = commands.run(typed);
            } finally {
                terminal.handle(Terminal.Signal.INT, before);
                // An interrupt that came when all was done ends nothing that follows.
                var unused = Thread.interrupted();
            }
        } else {
            StatementReader statements = new StatementReader();
            for (String line : typed.split("\n", -1)) {
                for (String statement : statements.add(line)) {
                    if (run(statement) != Exit.OK) {
                        return;
                    }
                }
            }
        }
    }

    private Exit run(String statement) {
        Exit[] exit = {Exit.OK};
        long begun = nanos.getAsLong();
        interruptible(() -> exit[0] = runner.run(statement));
        if (timing) {
            double millis = (nanos.getAsLong() - begun) / NANOS_PER_MILLI;
            terminal.writer().printf(Locale.ROOT, "Time: %.3f ms%n", millis);
        }
        return exit[0];
    }

    private void interruptible(Runnable work) {
        Terminal.SignalHandler before =
                terminal.handle(Terminal.Signal.INT, signal -> runner.cancel());
        try {
            work.run();
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }

    private void backslash(String typed) {
        PrintWriter out = terminal.writer();
        BackslashCommand command = BackslashCommand.of(typed);
        if (command == null) {
            out.print(
                    FailureReport.of(
                                    io.faraddb.shell.connect.ShellFailure.usage(
                                            "there is no " + typed.strip().split("\\s")[0],
                                            "\\? shows what there is"))
                            .text());
            return;
        }
        String argument = BackslashCommand.argument(typed);
        switch (command) {
            case TABLES -> descriptions.tables();
            case DESCRIBE -> {
                if (argument == null) {
                    descriptions.tables();
                } else {
                    descriptions.table(argument);
                }
            }
            case PROCEDURES -> descriptions.procedures();
            case EXPANDED -> {
                expanded = !expanded;
                runner.printWith(expanded ? Printer.vertical() : rows);
                out.println(expanded ? "A line for each value." : "A line for each row.");
            }
            case TIMING -> {
                timing = !timing;
                out.println(timing ? "Timing is on." : "Timing is off.");
            }
            case HELP -> out.print(BackslashCommand.help());
            case QUIT -> {
                // Has been seen before.
            }
        }
    }
}
