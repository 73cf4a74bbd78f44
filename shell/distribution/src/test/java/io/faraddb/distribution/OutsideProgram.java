package io.faraddb.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of others that tests run against a node. A test that misses one is skipped, unless
 * FARAD_CI_TOOLS=required: then it fails.
 */
final class OutsideProgram {

    private static final String REQUIRED_VARIABLE = "FARAD_CI_TOOLS";
    private static final Path SERVERS = Path.of("/usr/lib/postgresql");

    private OutsideProgram() {}

    /**
     * Finds one on the PATH.
     *
     * @param debianPackage that brings it
     */
    static Path find(String name, String debianPackage) {
        List<Path> directories = new ArrayList<>();
        for (String directory : System.getenv("PATH").split(":")) {
            directories.add(Path.of(directory));
        }
        return find(name, debianPackage, directories);
    }

    /** Finds a program of PostgreSQL's server, of the newest version there is. */
    static Path findOfServer(String name) {
        List<Path> directories = new ArrayList<>();
        if (Files.isDirectory(SERVERS)) {
            try (Stream<Path> versions = Files.list(SERVERS)) {
                versions.sorted(Comparator.comparing(OutsideProgram::version).reversed())
                        .forEach(version -> directories.add(version.resolve("bin")));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return find(name, "postgresql", directories);
    }

    private static int version(Path directory) {
        String name = directory.getFileName().toString();
        return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
    }

    private static Path find(String name, String debianPackage, List<Path> directories) {
        for (Path directory : directories) {
            Path program = directory.resolve(name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        throw missing("%s is not installed (Debian: %s)".formatted(name, debianPackage));
    }

    /** Skips the test, or fails it where nothing may be missing. */
    static AssertionError missing(String sentence) {
        if ("required".equals(System.getenv(REQUIRED_VARIABLE))) {
            return new AssertionError(sentence);
        }
        return Assumptions.abort(sentence);
    }
}
