package io.faraddb.shell.command;

import io.faraddb.shell.cli.Arguments;
import io.faraddb.shell.cli.FaradCommand;
import io.faraddb.shell.cli.Output;
import io.faraddb.shell.connect.Exit;
import io.faraddb.shell.connect.ShellFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code farad config validate}: whether a node would start with a file. The node's own classes
 * tell, in a process of their own; no node has to run.
 */
final class ConfigValidateCommand extends FaradCommand {

    /** Says where the node is: the launcher does. */
    static final String NODE_JAR = "farad.node.jar";

    private static final String CHECK = "io.faraddb.node.ConfigurationCheck";
    private static final String DATA_DIRECTORY = "farad-data";

    private final @Nullable String nodeJar;
    private final Map<String, String> environment;

    /**
     * @param nodeJar null if it is not known
     */
    ConfigValidateCommand(
            Output output, @Nullable String nodeJar, Map<String, String> environment) {
        super(
                output,
                "config validate",
                "Check a configuration file, that of the data directory if none is named",
                "[FILE]",
                List.of(option(null, "data-dir", "DIR", "whose farad.properties (./farad-data)")));
        this.nodeJar = nodeJar;
        this.environment = environment;
    }

    @Override
    public Exit run(Arguments arguments, Output out) throws Exception {
        Path file = file(arguments);
        if (!Files.isRegularFile(file)) {
            throw new ShellFailure(Exit.FAILED, "there is no file " + file);
        }
        if (nodeJar == null || !Files.isRegularFile(Path.of(nodeJar))) {
            throw new ShellFailure(
                    Exit.FAILED,
                    "the node's classes, which know its properties, are not here",
                    "farad start puts them there");
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process check =
                new ProcessBuilder(
                                java,
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                nodeJar,
                                CHECK,
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean right = check.waitFor() == 0;
        (right ? out.out() : out.errors()).print(said);
        return right ? Exit.OK : Exit.FAILED;
    }

    private Path file(Arguments arguments) {
        if (!arguments.values().isEmpty()) {
            return Path.of(arguments.values().getFirst());
        }
        String directory = arguments.option("data-dir");
        String otherwise = environment.getOrDefault("FARAD_DATA_DIR", DATA_DIRECTORY);
        return Path.of(directory == null ? otherwise : directory, "farad.properties");
    }
}
