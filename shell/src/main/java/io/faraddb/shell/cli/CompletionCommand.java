package io.faraddb.shell.cli;

import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** {@code farad completion}: prints what makes another shell complete farad's commands. */
public final class CompletionCommand extends FaradCommand {

    private final ObjectProvider<CommandRegistry> registry;

    public CompletionCommand(Output output, ObjectProvider<CommandRegistry> registry) {
        super(
                output,
                "completion",
                "Print a script for bash or zsh: source <(farad completion bash)",
                "SHELL",
                List.of());
        this.registry = registry;
    }

    @Override
    public Exit run(Arguments arguments, Output out) {
        List<Command> commands = CommandLine.all(registry.getObject());
        String shell = arguments.values().getFirst();
        out.out()
                .print(
                        switch (shell) {
                            case "bash" -> CompletionScript.bash(commands);
                            case "zsh" -> CompletionScript.zsh(commands);
                            default ->
                                    throw ShellFailure.usage(
                                            "there is no completion for " + shell, "bash or zsh");
                        });
        return Exit.OK;
    }
}
