package io.faraddb.node.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@code farad start} as properties. What looks like a property itself, such as
 * {@code --logging.level.root=debug}, is passed on.
 *
 * @param properties by name, in the order given
 */
public record CommandLine(Map<String, String> properties) {

    private static final Map<String, String> OPTIONS =
            Map.ofEntries(
                    Map.entry("--data-dir", "farad.data-dir"),
                    Map.entry("--name", "farad.node.name"),
                    Map.entry("--bind", "farad.bind"),
                    Map.entry("--pg-port", "farad.pg.port"),
                    Map.entry("--pg-socket-dir", "farad.pg.socket-dir"),
                    Map.entry("--volt-port", "farad.volt.port"),
                    Map.entry("--http-port", "farad.http.port"),
                    Map.entry("--cluster-port", "farad.cluster.port"),
                    Map.entry("--join", "farad.cluster.join"),
                    Map.entry("--partitions", "farad.cluster.partitions"),
                    Map.entry("--replicas", "farad.cluster.replicas"));
    private static final Map<String, String> FLAGS = Map.of("--insecure", "farad.insecure");

    /** The property of an option, for help and tests. */
    public static @Nullable String property(String option) {
        return OPTIONS.getOrDefault(option, FLAGS.get(option));
    }

    /**
     * Reads the arguments.
     *
     * @throws StartFailure with exit code 2 at an unknown option or a missing value
     */
    public static CommandLine parse(String... arguments) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            String value = equals < 0 ? null : argument.substring(equals + 1);
            if (FLAGS.containsKey(name)) {
                properties.put(FLAGS.get(name), value == null ? "true" : value);
            } else if (OPTIONS.containsKey(name)) {
                if (value == null) {
                    i++;
                    if (i == arguments.length) {
                        throw usage("option " + name + " needs a value");
                    }
                    value = arguments[i];
                }
                properties.put(OPTIONS.get(name), value);
            } else if (name.startsWith("--") && name.indexOf('.') > 0 && value != null) {
                properties.put(name.substring(2), value);
            } else {
                throw usage("unknown option " + argument);
            }
        }
        return new CommandLine(properties);
    }

    private static StartFailure usage(String message) {
        return new StartFailure(
                StartFailure.USAGE, message, "farad start --help lists the options.");
    }

    /** As Spring takes them. */
    public String[] springArguments() {
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return arguments.toArray(String[]::new);
    }
}
