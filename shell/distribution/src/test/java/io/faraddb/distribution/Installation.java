package io.faraddb.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The archive, unpacked as a user does, once for all tests; and its command. */
final class Installation {

    private static final long COMMAND_SECONDS_MAX = 300;

    private static Installation unpacked;

    private final Path home;

    private Installation(Path home) {
        this.home = home;
    }

    /**
     * @param exit code
     * @param out what it answered
     * @param errors everything else it said
     */
    record Ran(int exit, String out, String errors) {}

    static synchronized Installation get() {
        if (unpacked == null) {
            Path archive = Path.of(System.getProperty("farad.archive"));
            Path into = archive.resolveSibling("installed");
            try {
                Files.createDirectories(into);
                run(into, Map.of(), List.of("rm", "-rf", System.getProperty("farad.name")));
                Ran ran = run(into, Map.of(), List.of("tar", "xzf", archive.toString()));
                if (ran.exit() != 0) {
                    throw new IOException(ran.errors());
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            unpacked = new Installation(into.resolve(System.getProperty("farad.name")));
        }
        return unpacked;
    }

    Path home() {
        return home;
    }

    Path command() {
        return home.resolve("bin").resolve("farad");
    }

    /** Runs the command to its end, with nothing to read. */
    Ran farad(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(command().toString()));
        command.addAll(List.of(arguments));
        return run(directory, Map.of(), command);
    }

    /** Runs any command to its end. */
    static Ran run(Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        Path out = Files.createTempFile("farad", ".out");
        Path errors = Files.createTempFile("farad", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectInput(Path.of("/dev/null").toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(errors.toFile());
            builder.environment().put("FARAD_HEAP", "512m");
            builder.environment().put("XDG_STATE_HOME", directory.resolve("state").toString());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " does not end\n" + Files.readString(errors));
            }
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(errors));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(out);
            Files.delete(errors);
        }
    }
}
