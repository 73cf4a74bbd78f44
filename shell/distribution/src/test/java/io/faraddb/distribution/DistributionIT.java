package io.faraddb.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does who has the archive and nothing else. */
@Tag("slow")
@Timeout(300)
class DistributionIT {

    @TempDir Path directory;

    @Test
    void archiveHasWhatItPromises() throws Exception {
        Installation installation = Installation.get();
        assertThat(installation.home())
                .isDirectoryContaining("glob:**/LICENSE")
                .isDirectoryContaining("glob:**/README.md");
        assertThat(installation.command()).isExecutable();
        Installation.Ran ran = installation.farad(directory, "--version");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out())
                .isEqualTo(
                        "FaradDB %s%n"
                                .formatted(
                                        System.getProperty("farad.name")
                                                .substring("farad-".length())));
        assertThat(installation.farad(directory, "--help").out()).contains("farad start");
    }

    @Test
    void nodeStartsAnswersAndStops() throws Exception {
        try (RunningNode node = new RunningNode(directory)) {
            assertThat(node.rows("SELECT 40 + 2")).containsExactly("42");
            assertThat(node.answer("status")).contains("UP");
        }
        assertThat(directory.resolve("farad-data/endpoints.json")).doesNotExist();
        Installation.Ran stopped = Installation.get().farad(directory, "stop");
        assertThat(stopped.exit()).isEqualTo(3);
    }

    @Test
    void commandIsFoundThroughALink() throws Exception {
        Path link = directory.resolve("farad");
        Files.createSymbolicLink(link, Installation.get().command());
        Installation.Ran ran =
                Installation.run(directory, Map.of(), List.of(link.toString(), "help"));
        Files.delete(link);
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("bench voter");
    }
}
