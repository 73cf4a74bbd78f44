package io.faraddb.shell.cli;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** {@code farad help}: all commands, or how one is used. */
public final class HelpCommand extends FaradCommand {

    private final ObjectProvider<CommandRegistry> registry;

    public HelpCommand(Output output, ObjectProvider<CommandRegistry> registry) {
        super(output, "help", "Show commands, or how one is used", "[COMMAND...]", List.of());
        this.registry = registry;
    }

    @Override
    public Exit run(Arguments arguments, Output out) {
        CommandRegistry commands = registry.getObject();
        if (!arguments.values().isEmpty()) {
            String name = String.join(" ", arguments.values());
            Command command = commands.getCommandByName(name);
            if (command == null) {
                throw ShellFailure.usage("there is no command \"" + name + "\"", "farad help");
            }
            out.out().print(command.getHelp());
            return Exit.OK;
        }
        out.out().println("farad start, farad stop and farad --help run nodes. Also:\n");
        CommandLine.all(commands)
                .forEach(command ->
                        out.out()
                                .printf(
                                        "  %-18s %s%n",
                                        command.getName(), command.getDescription()));
        out.out().println("\nfarad COMMAND --help shows its options.");
        return Exit.OK;
    }
}
