package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Programs in Node.js with node-postgres and what belongs to it: the files in src/test/node. */
@Tag("slow")
@Timeout(300)
class NodePostgresIT {

    @TempDir static Path directory;

    private static Path programs;
    private static Path interpreter;
    private static RunningNode node;
    private static Map<String, String> environment;

    @BeforeAll
    static void start() throws Exception {
        interpreter = NpmPackages.node();
        programs = NpmPackages.install(Path.of("src", "test", "node"));
        Certificate certificate = Certificate.make(directory);
        node = new RunningNode(directory, certificate.options());
        environment = node.clientEnvironment();
        environment.put("FARAD_SOCKET_DIR", node.socketDirectory());
        environment.put("FARAD_CA", certificate.certificate().toString());
    }

    @AfterAll
    static void stop() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    @TestFactory
    List<DynamicTest> nodePostgres() throws IOException {
        try (Stream<Path> files = Files.list(programs)) {
            List<Path> tests =
                    files.filter(file -> file.toString().endsWith(".test.mjs")).sorted().toList();
            assertThat(tests).isNotEmpty();
            return tests.stream()
                    .map(file ->
                            DynamicTest.dynamicTest(
                                    file.getFileName().toString(), () -> succeeds(file)))
                    .toList();
        }
    }

    private void succeeds(Path file) throws IOException {
        Installation.Ran ran =
                Installation.run(
                        programs,
                        environment,
                        List.of(interpreter.toString(), "--test", file.toString()));
        assertThat(ran.exit()).as("%s%n%s", ran.out(), ran.errors()).isZero();
        assertThat(ran.out()).doesNotContainPattern("(?m)^(#|ℹ) pass 0");
    }
}
