package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.sql.SqlCompleter;
import io.faraddb.shell.sql.SqlPrompt;
import io.faraddb.shell.sql.StatementReader;
import io.faraddb.shell.sql.StatementRunner;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** {@code farad sql}: one statement, a file of them, standard input, or a prompt. */
final class SqlCommand extends FaradCommand {

    private final TargetFinder finder;
    private final ObjectProvider<Terminal> terminal;
    private final Path history;

    SqlCommand(
            Output output, TargetFinder finder, ObjectProvider<Terminal> terminal, Path history) {
        super(
                output,
                "sql",
                "Run SQL: statements given, or typed at a prompt",
                "",
                withTarget(
                        option('e', "execute", "STATEMENTS", "run these and end"),
                        option('f', "file", "FILE", "run the file's; - is standard input"),
                        format()));
        this.finder = finder;
        this.terminal = terminal;
        this.history = history;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        String statements = arguments.option("execute");
        String file = arguments.option("file");
        if (statements != null && file != null) {
            throw ShellFailure.usage("-e and -f exclude each other", null);
        }
        if (file != null && !file.equals("-") && !Files.isReadable(Path.of(file))) {
            throw new ShellFailure(Exit.FAILED, "cannot read " + file);
        }
        var printer = arguments.format().printer();
        try (Connection connection = arguments.cluster(finder, out).connect()) {
            Console console = System.console();
            boolean atTerminal = console != null && console.isTerminal();
            if (statements == null && file == null && atTerminal) {
                Terminal screen = terminal.getObject();
                StatementRunner runner =
                        new StatementRunner(connection, printer, screen.writer(), screen.writer());
                new SqlPrompt(runner, screen, new SqlCompleter(connection), history).run();
                return Exit.OK;
            }
            StatementRunner runner =
                    new StatementRunner(connection, printer, out.out(), out.errors());
            try (BufferedReader input = open(statements, file)) {
                return runAll(runner, input);
            }
        }
    }

    private static BufferedReader open(@Nullable String statements, @Nullable String file)
            throws IOException {
        if (statements != null) {
            return new BufferedReader(new StringReader(statements));
        }
        return file == null || file.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file));
    }

    /** Stops at the first statement that fails: what follows it may rely on it. */
    private static Exit runAll(StatementRunner runner, BufferedReader input) throws IOException {
        StatementReader statements = new StatementReader();
        String line = input.readLine();
        while (line != null) {
            for (String statement : statements.add(line)) {
                Exit exit = runner.run(statement);
                if (exit != Exit.OK) {
                    return exit;
                }
            }
            line = input.readLine();
        }
        String rest = statements.rest();
        return rest == null ? Exit.OK : runner.run(rest);
    }
}
