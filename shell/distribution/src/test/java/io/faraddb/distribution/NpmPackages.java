package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder with a package.json and a lock file, copied to target, with the packages it names. */
final class NpmPackages {

    private static final int NODE_VERSION_MIN = 18;

    private NpmPackages() {}

    /** Node.js, new enough for what the tests are written in. */
    static Path node() throws IOException {
        Path node = OutsideProgram.find("node", "nodejs");
        String version =
                Installation.run(Path.of("."), Map.of(), List.of(node.toString(), "--version"))
                        .out()
                        .strip();
        int major = Integer.parseInt(version.replaceFirst("v(\\d+)\\..*", "$1"));
        if (major < NODE_VERSION_MIN) {
            throw OutsideProgram.missing(
                    "Node.js %d is needed, and %s is %s"
                            .formatted(NODE_VERSION_MIN, node, version));
        }
        return node;
    }

    /**
     * Installs what the lock file says, and nothing else.
     *
     * @return the copy
     */
    static Path install(Path folder) throws IOException {
        String npm = OutsideProgram.find("npm", "npm").toString();
        Path copy = Path.of("target", "npm", folder.getFileName().toString()).toAbsolutePath();
        Files.createDirectories(copy);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
        Installation.Ran ran = Installation.run(copy, Map.of(), List.of(npm, "ci"));
        if (ran.exit() != 0) {
            throw OutsideProgram.missing(
                    "npm ci does not get the packages of " + folder + ":\n" + ran.errors());
        }
        assertThat(copy.resolve("node_modules")).isDirectory();
        return copy;
    }
}
