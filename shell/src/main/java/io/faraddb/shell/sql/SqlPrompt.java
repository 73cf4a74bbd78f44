package io.faraddb.shell.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/** Asks for statements at a terminal until the end of input or {@code \q}. */
public final class SqlPrompt {

    private static final String HELP =
            """
            A statement ends with a semicolon; Ctrl-C gives up the line, or the statement that runs.
              \\d           tables
              \\df          procedures
              \\? or help   this
              \\q or quit   leave; so does Ctrl-D
            """;
    private static final String TABLES =
            "SELECT n.nspname AS schema, c.relname AS name FROM pg_catalog.pg_class c"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                    + " WHERE c.relkind IN ('r', 'p', 'v', 'm') AND n.nspname NOT IN"
                    + " ('pg_catalog', 'information_schema') ORDER BY 1, 2";

    /** The procedures of users, as {@code \df} and {@code farad procedure list} show them. */
    public static final String PROCEDURES =
            "SELECT p.proname AS name FROM pg_catalog.pg_proc p"
                    + " JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace"
                    + " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1";

    private final StatementRunner runner;
    private final Terminal terminal;
    private final LineReader reader;

    /** Asks at this terminal; keeps history in the file. */
    public SqlPrompt(
            StatementRunner runner, Terminal terminal, SqlCompleter completer, Path history) {
        this.runner = runner;
        this.terminal = terminal;
        DefaultParser parser = new DefaultParser();
        // Quotes and backslashes are SQL's business here.
        parser.setEscapeChars(new char[0]);
        parser.setQuoteChars(new char[0]);
        try {
            Path directory = history.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.reader =
                LineReaderBuilder.builder()
                        .terminal(terminal)
                        .appName("farad")
                        .parser(parser)
                        .completer(completer)
                        .variable(LineReader.HISTORY_FILE, history)
                        .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                        .option(LineReader.Option.CASE_INSENSITIVE, true)
                        .build();
    }

    /** Returns when the person is done. */
    public void run() {
        PrintWriter out = terminal.writer();
        out.println("FaradDB shell. \\? for help, \\q to leave.");
        StatementReader statements = new StatementReader();
        while (true) {
            String line;
            try {
                line = reader.readLine(statements.pending() ? "    -> " : "farad> ");
            } catch (UserInterruptException e) {
                statements = new StatementReader();
                continue;
            } catch (EndOfFileException e) {
                return;
            }
            if (!statements.pending()) {
                switch (line.strip()) {
                    case "\\q", "quit", "exit", "quit;", "exit;" -> {
                        return;
                    }
                    case "\\?", "\\h", "help", "help;" -> {
                        out.print(HELP);
                        out.flush();
                        continue;
                    }
                    case "\\d", "\\dt" -> line = TABLES + ";";
                    case "\\df" -> line = PROCEDURES + ";";
                    default -> {
                        // A statement, or a part of one.
                    }
                }
            }
            for (String statement : statements.add(line)) {
                run(statement);
            }
        }
    }

    private void run(String statement) {
        Terminal.SignalHandler before =
                terminal.handle(Terminal.Signal.INT, signal -> runner.cancel());
        try {
            var unused = runner.run(statement);
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
        }
    }
}
