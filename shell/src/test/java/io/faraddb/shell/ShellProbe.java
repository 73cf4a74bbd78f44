package io.faraddb.shell;

import io.faraddb.shell.cli.CommandLine;
import io.faraddb.shell.cli.CommandLineRunner;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.command.CommandConfiguration;
import io.faraddb.shell.connect.PasswordPrompt;
import io.faraddb.shell.connect.TargetFinder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** All of the shell's real commands, in this process. */
public final class ShellProbe implements AutoCloseable {

    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();

    public ShellProbe(Path directory) {
        this(directory, Map.of());
    }

    public ShellProbe(Path directory, Map<String, String> environment) {
        context.registerBean(
                Output.class,
                () -> new Output(new PrintWriter(out, true), new PrintWriter(errors, true)));
        context.registerBean(
                TargetFinder.class,
                () -> new TargetFinder(environment, directory, new PasswordPrompt()));
        context.registerBean(InstantSource.class, InstantSource::system);
        context.register(CommandConfiguration.class);
        context.refresh();
    }

    public CommandLine commands() {
        return context.getBean(CommandLine.class);
    }

    /** Runs a command and returns its exit code. */
    public int run(String... words) throws Exception {
        out.getBuffer().setLength(0);
        errors.getBuffer().setLength(0);
        CommandLineRunner runner = new CommandLineRunner(commands());
        runner.run(new DefaultApplicationArguments(words));
        return runner.getExitCode();
    }

    public String out() {
        return out.toString();
    }

    public String errors() {
        return errors.toString();
    }

    @Override
    public void close() {
        context.close();
    }
}
