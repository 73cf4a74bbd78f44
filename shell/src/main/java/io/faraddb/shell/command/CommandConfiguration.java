package io.faraddb.shell.command;

import io.faraddb.shell.cli.ArgumentParser;
import io.faraddb.shell.cli.CommandLineRunner;
import io.faraddb.shell.cli.HelpCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.PasswordPrompt;
import io.faraddb.shell.connect.TargetFinder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.shell.core.ShellRunner;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.jline.PromptProvider;

/** The commands there are, and what they need. */
@Configuration(proxyBeanMethods = false)
public class CommandConfiguration {

    @Bean
    Output output() {
        return Output.standard();
    }

    @Bean
    TargetFinder targetFinder() {
        return new TargetFinder(System.getenv(), Path.of(""), new PasswordPrompt());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Spring Shell's own looks for annotated commands in all classes first; here are none. */
    @Bean
    CommandRegistry commandRegistry(List<Command> commands) {
        return new CommandRegistry(new LinkedHashSet<>(commands));
    }

    @Bean
    ArgumentParser commandParser(CommandRegistry registry) {
        return new ArgumentParser(registry);
    }

    @Bean
    ApplicationRunner springShellApplicationRunner(
            CommandRegistry registry,
            ArgumentParser parser,
            ObjectProvider<ShellRunner> interactive,
            Output output) {
        return new CommandLineRunner(registry, parser, interactive, output);
    }

    @Bean
    PromptProvider promptProvider() {
        return () -> new AttributedString("farad> ");
    }

    @Bean
    Command help(Output output, ObjectProvider<CommandRegistry> registry) {
        return new HelpCommand(output, registry);
    }

    @Bean
    Command sql(Output output, TargetFinder finder, ObjectProvider<Terminal> terminal) {
        return new SqlCommand(output, finder, terminal, history(System.getenv(), "history"));
    }

    @Bean
    Command loadCsv(Output output, TargetFinder finder, InstantSource clock) {
        return new LoadCommand(output, LoadCommand.Kind.CSV, finder, clock);
    }

    @Bean
    Command loadJson(Output output, TargetFinder finder, InstantSource clock) {
        return new LoadCommand(output, LoadCommand.Kind.JSON, finder, clock);
    }

    @Bean
    Command status(Output output, TargetFinder finder) {
        return new StatusCommand(output, finder);
    }

    @Bean
    Command topology(Output output, TargetFinder finder) {
        return new TopologyCommand(output, finder);
    }

    @Bean
    Command procedureList(Output output, TargetFinder finder) {
        return new ProcedureListCommand(output, finder);
    }

    @Bean
    Command procedureCall(Output output, TargetFinder finder) {
        return new ProcedureCallCommand(output, finder);
    }

    @Bean
    Command benchVoter(Output output, TargetFinder finder) {
        return new VoterBenchCommand(output, finder, System::nanoTime);
    }

    @Bean
    Command benchKv(Output output, TargetFinder finder) {
        return new KvBenchCommand(output, finder, System::nanoTime);
    }

    /** A file of history, where the XDG base directories have such files. */
    public static Path history(Map<String, String> environment, String file) {
        String state = environment.get("XDG_STATE_HOME");
        Path directory =
                state == null || state.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "state")
                        : Path.of(state);
        return directory.resolve("farad").resolve(file);
    }
}
