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
    void whatGoesWrongIsASentenceAndACode() throws Exception {
        try (RunningNode node = new RunningNode(directory)) {
            node.rows("CREATE TABLE t (id int PRIMARY KEY, v text)");
            String url = "127.0.0.1:" + node.endpoints().path("pg").asString();
            // Where no data directory is that has the password.
            Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
            List<String> command =
                    List.of(
                            Installation.get().command().toString(),
                            "sql",
                            "--url",
                            url,
                            "-e",
                            "SELECT 1");
            assertSaid(Installation.run(elsewhere, Map.of(), command), 4, "a password is needed");
            assertSaid(
                    Installation.run(elsewhere, Map.of("PGPASSWORD", "wrong"), command),
                    4,
                    "password authentication failed");
            assertSaid(node.farad("sql", "-e", "SELEC 1"), 1, "syntax error at or near");
            assertSaid(node.farad("load", "csv", "t", "none.csv"), 1, "there is no file none.csv");
            Files.writeString(directory.resolve("some.csv"), "id,v\n1,a\nx,b\n2,c\n1,d\n");
            assertSaid(node.farad("load", "csv", "nowhere", "some.csv"), 1, "does not exist");
            assertSaid(node.farad("load", "csv", "t", "some.csv"), 5, "2 rows rejected");
            assertThat(directory.resolve("some.csv.rejected")).hasContent("id,v\nx,b\n1,d\n");
            assertThat(node.rows("SELECT * FROM t ORDER BY id")).containsExactly("1,a", "2,c");
            Files.writeString(directory.resolve("broken.csv"), "id,v\n3,\"a\n");
            assertSaid(node.farad("load", "csv", "t", "broken.csv"), 1, "line 2 never ends");
        }
        assertSaid(Installation.get().farad(directory, "status"), 3, "no node answers");
    }

    private static void assertSaid(Installation.Ran ran, int exit, String sentence) {
        assertThat(ran.errors()).contains(sentence).doesNotContain("\tat ");
        assertThat(ran.errors().lines().count()).as(ran.errors()).isLessThanOrEqualTo(3);
        assertThat(ran.exit()).as(ran.errors()).isEqualTo(exit);
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
