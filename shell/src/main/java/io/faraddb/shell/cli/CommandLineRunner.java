package io.faraddb.shell.cli;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.sql.FailureReport;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;
import org.springframework.shell.core.ShellRunner;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Runs the one command of the process's arguments and keeps its exit code; without arguments, the
 * interactive shell. Stands in for Spring Shell's own runner, whose exit code is always 0.
 */
public final class CommandLineRunner implements ApplicationRunner, ExitCodeGenerator {

    private final CommandRegistry registry;
    private final ArgumentParser parser;
    private final ObjectProvider<ShellRunner> interactive;
    private final Output output;
    private int exitCode;

    public CommandLineRunner(
            CommandRegistry registry,
            ArgumentParser parser,
            ObjectProvider<ShellRunner> interactive,
            Output output) {
        this.registry = registry;
        this.parser = parser;
        this.interactive = interactive;
        this.output = output;
    }

    @Override
    public void run(ApplicationArguments arguments) throws Exception {
        List<String> words = Arrays.asList(arguments.getSourceArgs());
        if (words.isEmpty()) {
            interactive.getObject().run(new String[0]);
            return;
        }
        exitCode = runOnce(words).code();
    }

    private ExitStatus runOnce(List<String> words) throws Exception {
        try {
            ParsedInput input = parser.parse(words);
            StringBuilder name = new StringBuilder(input.commandName());
            input.subCommands().forEach(word -> name.append(' ').append(word));
            // The parser has found it by this name.
            Command command = Objects.requireNonNull(registry.getCommandByName(name.toString()));
            if (input.options().size() == 1
                    && "help".equals(input.options().getFirst().longName())) {
                output.out().print(command.getHelp());
                return ExitStatus.OK;
            }
            return command.execute(
                    new CommandContext(input, registry, output.out(), new NoInput()));
        } catch (RuntimeException e) {
            FailureReport report = FailureReport.of(e);
            output.errors().print(report.text());
            Exit exit = report.exit();
            return new ExitStatus(exit.code(), exit.name());
        } finally {
            output.flush();
        }
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
