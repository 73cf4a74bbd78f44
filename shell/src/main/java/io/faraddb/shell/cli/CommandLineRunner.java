package io.faraddb.shell.cli;

import java.util.Arrays;
import java.util.List;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Runs the one command of the process's arguments and keeps its exit code; without arguments,
 * statements: at a terminal a prompt. Stands in for Spring Shell's own runner, whose exit code is
 * always 0 and whose prompt knows no statements.
 */
public final class CommandLineRunner implements ApplicationRunner, ExitCodeGenerator {

    private static final List<String> WITHOUT_ARGUMENTS = List.of("sql");

    private final CommandLine commands;
    private int exitCode;

    public CommandLineRunner(CommandLine commands) {
        this.commands = commands;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        List<String> words = Arrays.asList(arguments.getSourceArgs());
        exitCode = commands.run(words.isEmpty() ? WITHOUT_ARGUMENTS : words).code();
    }

    @Override
    public int getExitCode() {
        return exitCode;
    }
}
