package io.faraddb.shell.command;

import io.faraddb.shell.cli.ArgumentParser;
import io.faraddb.shell.cli.CommandLine;
import io.faraddb.shell.cli.CommandLineRunner;
import io.faraddb.shell.cli.CompletionCommand;
import io.faraddb.shell.cli.HelpCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.command.snapshot.SnapshotConfiguration;
import io.faraddb.shell.connect.TargetFinder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.shell.core.command.Command;
import org.springframework.shell.core.command.CommandRegistry;

/** The commands there are, and what they need. */
@Configuration(proxyBeanMethods = false)
@Import(SnapshotConfiguration.class)
public class CommandConfiguration {

    @Bean
    CommandRegistry commandRegistry(List<Command> commands) {
        return new CommandRegistry(new LinkedHashSet<>(commands));
    }

    @Bean
    ArgumentParser commandParser(CommandRegistry registry) {
        return new ArgumentParser(registry);
    }

    @Bean
    CommandLine commandLine(CommandRegistry registry, ArgumentParser parser, Output output) {
        return new CommandLine(registry, parser, output);
    }

    @Bean
    ApplicationRunner commandLineRunner(CommandLine commands) {
        return new CommandLineRunner(commands);
    }

    @Bean
    Command help(Output output, ObjectProvider<CommandRegistry> registry) {
        return new HelpCommand(output, registry);
    }

    @Bean
    Command sql(
            Output output,
            TargetFinder finder,
            ObjectProvider<CommandLine> commands,
            InstantSource clock) {
        return new SqlCommand(output, finder, commands, history(System.getenv()), clock);
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
    Command procedureLoad(Output output, TargetFinder finder) {
        return new ProcedureLoadCommand(output, finder);
    }

    @Bean
    Command configGet(Output output, TargetFinder finder) {
        return new ConfigGetCommand(output, finder);
    }

    @Bean
    Command configValidate(Output output) {
        String nodeJar = System.getProperty(ConfigValidateCommand.NODE_JAR);
        return new ConfigValidateCommand(output, nodeJar, System.getenv());
    }

    @Bean
    Command completion(Output output, ObjectProvider<CommandRegistry> registry) {
        return new CompletionCommand(output, registry);
    }

    @Bean
    Command version(Output output) {
        return new VersionCommand(output);
    }

    @Bean
    Command benchVoter(Output output, TargetFinder finder) {
        return new VoterBenchCommand(output, finder, System::nanoTime);
    }

    @Bean
    Command benchKv(Output output, TargetFinder finder) {
        return new KvBenchCommand(output, finder, System::nanoTime);
    }

    /** The file of what was typed, where the XDG base directories have such files. */
    static Path history(Map<String, String> environment) {
        String state = environment.get("XDG_STATE_HOME");
        Path directory =
                state == null || state.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".local", "state")
                        : Path.of(state);
        return directory.resolve("farad").resolve("history");
    }
}
