package io.faraddb.shell.cli;

import io.faraddb.shell.connect.ShellFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandOption;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.ParsedInput;

/**
 * Reads a command line.
 *
 * <p>Spring Shell's own parser joins words with spaces, which loses quotes, and asks a value of
 * every flag. This one takes words as they are: the longest run of words that names a command, then
 * {@code --name value}, {@code --name=value}, {@code -x value}, flags, and arguments; after {@code
 * --} everything is an argument.
 */
public final class ArgumentParser implements CommandParser {

    private static final CommandOption HELP =
            new CommandOption('h', "help", "how it is used", false, "", null, boolean.class);

    private final CommandRegistry registry;

    public ArgumentParser(CommandRegistry registry) {
        this.registry = registry;
    }

    @Override
    public ParsedInput parse(String line) {
        return parse(Words.of(line));
    }

    ParsedInput parse(List<String> words) {
        Command command = find(words);
        if (command == null) {
            throw unknown(words);
        }
        int length = command.getName().split(" ").length;
        List<CommandOption> options = new ArrayList<>();
        List<CommandArgument> arguments = new ArrayList<>();
        boolean optionsEnded = false;
        for (int i = length; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("--") && !optionsEnded) {
                optionsEnded = true;
            } else if (optionsEnded || !isOption(word)) {
                arguments.add(new CommandArgument(arguments.size(), word));
            } else {
                int equals = word.startsWith("--") ? word.indexOf('=') : -1;
                String name = equals < 0 ? word : word.substring(0, equals);
                CommandOption option = find(command, name);
                String value;
                if (equals >= 0) {
                    value = word.substring(equals + 1);
                } else if (option.type() == boolean.class) {
                    value = "true";
                } else if (i + 1 < words.size()) {
                    value = words.get(++i);
                } else {
                    throw ShellFailure.usage(name + " needs a value", help(command));
                }
                options.add(with(option, value));
            }
        }
        if (options.stream().anyMatch(option -> "help".equals(option.longName()))) {
            // Help is asked for, whatever else is.
            options = List.of(with(HELP, "true"));
        }
        return new ParsedInput(
                words.getFirst(), List.copyOf(words.subList(1, length)), options, arguments);
    }

    /** The command that the longest run of first words names; null if there is none. */
    @Nullable Command find(List<String> words) {
        for (int length = words.size(); length > 0; length--) {
            Command command = registry.getCommandByName(String.join(" ", words.subList(0, length)));
            if (command != null) {
                return command;
            }
        }
        return null;
    }

    private static boolean isOption(String word) {
        // "-" is standard input, "-5" a number.
        return word.length() > 1 && word.charAt(0) == '-' && !Character.isDigit(word.charAt(1));
    }

    private static CommandOption find(Command command, String name) {
        for (CommandOption option : command.getOptions()) {
            if (is(option, name)) {
                return option;
            }
        }
        if (is(HELP, name)) {
            return HELP;
        }
        throw ShellFailure.usage(command.getName() + " has no option " + name, help(command));
    }

    private static boolean is(CommandOption option, String name) {
        return name.equals("--" + option.longName())
                || option.shortName() != ' ' && name.equals("-" + option.shortName());
    }

    static CommandOption with(CommandOption option, String value) {
        return new CommandOption(
                option.shortName(),
                option.longName(),
                option.description(),
                option.required(),
                option.defaultValue(),
                value,
                option.type());
    }

    private static String help(Command command) {
        return "farad " + command.getName() + " --help";
    }

    private ShellFailure unknown(List<String> words) {
        String first = words.isEmpty() ? "" : words.getFirst();
        List<Command> near = registry.getCommandsByPrefix(first + " ");
        @Nullable String hint = "farad help";
        if (!near.isEmpty()) {
            hint =
                    near.stream()
                            .map(command -> "farad " + command.getName())
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        String typed =
                words.stream()
                        .takeWhile(word -> !word.startsWith("-"))
                        .limit(2)
                        .collect(Collectors.joining(" "));
        return ShellFailure.usage("there is no command \"" + typed + "\"", hint);
    }
}
