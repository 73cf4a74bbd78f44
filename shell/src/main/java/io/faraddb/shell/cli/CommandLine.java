package io.faraddb.shell.cli;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import io.faraddb.shell.sql.FailureReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/** Finds and runs commands, of a process's arguments or typed at the prompt. */
public final class CommandLine {

    private final CommandRegistry registry;
    private final ArgumentParser parser;
    private final Output output;
    private final Map<String, String> otherwise;

    public CommandLine(CommandRegistry registry, ArgumentParser parser, Output output) {
        this(registry, parser, output, Map.of());
    }

    private CommandLine(
            CommandRegistry registry,
            ArgumentParser parser,
            Output output,
            Map<String, String> otherwise) {
        this.registry = registry;
        this.parser = parser;
        this.output = output;
        this.otherwise = Map.copyOf(otherwise);
    }

    /** The same, with values of options that a command has but was not given. */
    public CommandLine with(Map<String, String> values) {
        return new CommandLine(registry, parser, output, values);
    }

    /** All commands in the order of their names. */
    public List<Command> all() {
        return all(registry);
    }

    static List<Command> all(CommandRegistry registry) {
        return registry.getCommands().stream()
                .filter(FaradCommand.class::isInstance)
                .sorted(Comparator.comparing(Command::getName))
                .toList();
    }

    /** Whether a typed line names a command. */
    public boolean isCommand(String typed) {
        if (typed.contains("\n")) {
            return false;
        }
        try {
            return parser.find(Words.of(typed)) != null;
        } catch (ShellFailure unclosedQuote) {
            return false;
        }
    }

    /** Runs a typed line. */
    public Exit run(String typed) {
        try {
            return run(Words.of(typed));
        } catch (ShellFailure e) {
            return report(e);
        }
    }

    /** Runs words as they are. */
    Exit run(List<String> words) {
        try {
            ParsedInput input = withOtherwise(parser.parse(words));
            Command command = command(input);
            if (input.options().size() == 1
                    && "help".equals(input.options().getFirst().longName())) {
                output.out().print(command.getHelp());
                return Exit.OK;
            }
            int code =
                    command.execute(
                                    new CommandContext(
                                            input, registry, output.out(), new NoInput()))
                            .code();
            return Exit.of(code);
        } catch (Exception e) {
            return report(e);
        } finally {
            output.flush();
        }
    }

    private Exit report(Exception failure) {
        FailureReport report = FailureReport.of(failure);
        output.errors().print(report.text());
        output.flush();
        return report.exit();
    }

    private Command command(ParsedInput input) {
        StringBuilder name = new StringBuilder(input.commandName());
        input.subCommands().forEach(word -> name.append(' ').append(word));
        // The parser has found it by this name.
        return Objects.requireNonNull(registry.getCommandByName(name.toString()));
    }

    private ParsedInput withOtherwise(ParsedInput input) {
        if (otherwise.isEmpty()) {
            return input;
        }
        List<CommandOption> options = new ArrayList<>(input.options());
        Collection<CommandOption> known = command(input).getOptions();
        otherwise.forEach((name, value) -> {
            boolean given = options.stream().anyMatch(o -> name.equals(o.longName()));
            CommandOption option = find(known, name);
            if (!given && option != null) {
                options.add(ArgumentParser.with(option, value));
            }
        });
        return new ParsedInput(
                input.commandName(), input.subCommands(), options, input.arguments());
    }

    private static @Nullable CommandOption find(Collection<CommandOption> options, String name) {
        return options.stream().filter(o -> name.equals(o.longName())).findFirst().orElse(null);
    }
}
