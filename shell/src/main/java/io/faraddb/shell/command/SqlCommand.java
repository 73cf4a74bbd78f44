package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.CommandLine;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.connect.TargetFinder;
import io.faraddb.shell.print.Printer;
import io.faraddb.shell.prompt.Prompt;
import io.faraddb.shell.sql.SqlSession;
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
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** {@code farad sql}: one statement, a file of them, standard input, or a prompt. */
final class SqlCommand extends FaradCommand {

    /** What commands at the prompt take from the command that made it. */
    private static final List<String> SHARED =
            List.of("url", "http-url", "user", "password-file", "data-dir", "verbose");

    private final TargetFinder finder;
    private final ObjectProvider<CommandLine> commands;
    private final Path history;
    private final InstantSource clock;

    SqlCommand(
            Output output,
            TargetFinder finder,
            ObjectProvider<CommandLine> commands,
            Path history,
            InstantSource clock) {
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
        this.commands = commands;
        this.history = history;
        this.clock = clock;
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
        Printer printer = arguments.format().printer();
        try (SqlSession session = new SqlSession(arguments.cluster(finder, out))) {
            Console console = System.console();
            boolean atTerminal = console != null && console.isTerminal();
            if (statements == null && file == null && atTerminal) {
                return prompt(arguments, session, printer);
            }
            StatementRunner runner =
                    new StatementRunner(session, printer, out.out(), out.errors()).keepingApart();
            try (BufferedReader input = open(statements, file)) {
                return runAll(runner, input);
            }
        }
    }

    private Exit prompt(Arguments arguments, SqlSession session, Printer printer) throws Exception {
        Map<String, String> shared = new HashMap<>();
        for (String name : SHARED) {
            String value = arguments.option(name);
            if (value != null) {
                shared.put(name, value);
            }
        }
        // Whoever cannot log in is told before the first statement.
        var unused = session.connection();
        try (Terminal terminal = TerminalBuilder.builder().name("farad").system(true).build()) {
            new Prompt(
                            terminal,
                            session,
                            printer,
                            commands.getObject().with(shared),
                            history,
                            clock,
                            System::nanoTime)
                    .run();
        }
        return Exit.OK;
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
