package io.faraddb.shell.command;

import io.faraddb.shell.connect.Connector;
import io.faraddb.shell.connect.RestApi;
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
        return new TargetFinder(System.getenv(), Path.of(""));
    }

    @Bean
    Connector connector() {
        return new Connector();
    }

    @Bean
    RestApi restApi() {
        return new RestApi();
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
    Command sql(
            Output output,
            TargetFinder finder,
            Connector connector,
            ObjectProvider<Terminal> terminal) {
        return new SqlCommand(
                output, finder, connector, terminal, history(System.getenv(), "history"));
    }

    @Bean
    Command loadCsv(Output output, TargetFinder finder, Connector connector, InstantSource clock) {
        return new LoadCommand(output, LoadCommand.Kind.CSV, finder, connector, clock);
    }

    @Bean
    Command loadJson(Output output, TargetFinder finder, Connector connector, InstantSource clock) {
        return new LoadCommand(output, LoadCommand.Kind.JSON, finder, connector, clock);
    }

    @Bean
    Command status(Output output, TargetFinder finder, RestApi rest) {
        return new StatusCommand(output, finder, rest);
    }

    @Bean
    Command topology(Output output, TargetFinder finder, RestApi rest) {
        return new TopologyCommand(output, finder, rest);
    }

    @Bean
    Command procedureList(Output output, TargetFinder finder, Connector connector) {
        return new ProcedureListCommand(output, finder, connector);
    }

    @Bean
    Command procedureCall(Output output, TargetFinder finder, Connector connector) {
        return new ProcedureCallCommand(output, finder, connector);
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
